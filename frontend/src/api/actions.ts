/** Actions on an entity: `POST …/actions/<verb>` with If-Match, typed by the path. */
import { api, idempotent, ifMatch, randomId, unwrap } from './client'
import type { Paths } from './types'

export type ActionPath = Extract<keyof Paths, `${string}/actions/${string}`>

export type ActionBody<P extends ActionPath> = Paths[P] extends { post: { requestBody: { content: { 'application/json': infer B } } } } ? B : never

export type ActionResult<P extends ActionPath> = Paths[P] extends { post: { responses: { 200: { content: { 'application/json': infer R } } } } } ? R : undefined

type Loose = (path: ActionPath, init: unknown) => Promise<{ data?: unknown; error?: unknown; response: Response }>

export interface Target {
  params: Record<string, string>
  rev: number
}

/** Runs one action. The generic client cannot type a path chosen at run time, so the body is checked here instead. */
export async function act<P extends ActionPath>(path: P, target: Target, body: ActionBody<P>): Promise<ActionResult<P>> {
  const post = api.POST as unknown as Loose
  const headers = { ...ifMatch(target.rev), ...idempotent(randomId()) }
  return (await unwrap(post(path, { params: { path: target.params }, body, headers }))) as ActionResult<P>
}
