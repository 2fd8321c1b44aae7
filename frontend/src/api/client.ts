/**
 * The one way to the server: typed by the exported OpenAPI, bearer token, silent refresh once, language, problems.
 * Used by console and portal alike, so it imports neither Pinia nor Element Plus.
 */
import createClient from 'openapi-fetch'

import { currentLocale } from '@/shared/i18n/locale'

import { problemFrom, unreachable } from './problems'
import { accessToken, refresh } from './token'
import type { Paths } from './types'

const OWN_SESSION = /\/api\/v1\/(auth\/(login|refresh|logout)|public\/)/

function authorized(request: Request, token: string): Request {
  request.headers.set('Authorization', `Bearer ${token}`)
  return request
}

async function reach(request: Request): Promise<Response> {
  try {
    return await fetch(request)
  } catch {
    throw unreachable()
  }
}

async function send(request: Request): Promise<Response> {
  request.headers.set('Accept-Language', currentLocale())
  const token = accessToken()
  if (token === null || OWN_SESSION.test(request.url)) return reach(request)
  const again = request.clone()
  const answer = await reach(authorized(request, token))
  if (answer.status !== 401 || !(await refresh())) return answer
  return reach(authorized(again, accessToken() ?? ''))
}

const origin = typeof location === 'undefined' ? '' : location.origin

export const api = createClient<Paths>({ baseUrl: origin, fetch: send, credentials: 'same-origin' })

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The data of a call, or a thrown ProblemError. */
export async function unwrap<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call
  if (!response.ok) throw problemFrom(error, response)
  return data as T
}

/** A random id; `crypto.randomUUID` is missing on plain-http intranets. */
export function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('')
}

/** Headers that make a POST safe to repeat: the caller keeps the key for the life of one form. */
export function idempotent(key: string): { 'Idempotency-Key': string } {
  return { 'Idempotency-Key': key }
}

/** Headers that refuse the change when somebody else changed the entity first (412). */
export function ifMatch(rev: number): { 'If-Match': string } {
  return { 'If-Match': `"${rev}"` }
}
