/**
 * The access token lives in this module only (never in storage); the refresh token is an HttpOnly cookie we cannot read.
 * Refreshing rotates that cookie and a reused one kills the session, so only one tab and one request refresh at a time.
 */
import { oneTabAtATime } from './turns'
import type { TokenOut } from './types'

let token: string | null = null
let running: Promise<boolean> | null = null
const lost = new Set<() => void>()

export function accessToken(): string | null {
  return token
}

export function keepToken(next: string | null): void {
  token = next
}

/** Called when a session that existed is over (refresh refused). */
export function onSessionLost(listener: () => void): () => void {
  lost.add(listener)
  return () => lost.delete(listener)
}

async function askForToken(): Promise<boolean> {
  const answer = await fetch('/api/v1/auth/refresh', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{}',
    credentials: 'same-origin',
  })
  if (!answer.ok) return false
  token = ((await answer.json()) as TokenOut).access_token
  return true
}

async function refreshNow(): Promise<boolean> {
  const had = token !== null
  const ok = await oneTabAtATime(askForToken)
  if (!ok) {
    token = null
    if (had) lost.forEach((listener) => listener())
  }
  return ok
}

/** A new access token through the cookie; concurrent callers share one request. False when the session is over. */
export function refresh(): Promise<boolean> {
  running ??= refreshNow().finally(() => {
    running = null
  })
  return running
}
