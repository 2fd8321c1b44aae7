/** The calls of the portal. Every failure ends as a Refusal: the problem and, when throttled, how long to wait. */
import { api, idempotent } from '@/api/client'
import { asProblem, problemFrom, type ProblemError, UNREACHABLE } from '@/api/problems'

import type { Accepted, BallotBody, BallotForm, CaseBody, Category, CategoryList, DisputeBody, DrawFile, ListedList, PublicResult, PublicRounds, RateBody, Receipt, SupplementBody, TrackView } from './shapes'

/** A slow phone network is waited for this long; then the answer counts as lost. Milliseconds. */
const PATIENCE = 30_000
/** Seconds to wait when the server throttles without saying how long. */
const USUAL_WAIT = 60
const STILL_RUNNING = 'idempotency.still_running'

export class Refusal extends Error {
  readonly problem: ProblemError
  /** Seconds to wait before the next try; null when waiting does not help. */
  readonly wait: number | null

  constructor(problem: ProblemError, wait: number | null) {
    super(problem.message)
    this.name = 'Refusal'
    this.problem = problem
    this.wait = wait
  }

  /** No answer, a broken server, or an answer still being made: what was sent may have arrived. */
  get unknownOutcome(): boolean {
    return this.problem.code === UNREACHABLE || this.problem.code === STILL_RUNNING || this.problem.status >= 500
  }
}

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** `Retry-After` in seconds; the form with a date is read too. */
function waitOf(response: Response): number | null {
  const header = response.headers.get('Retry-After')
  if (header === null) return response.status === 429 ? USUAL_WAIT : null
  const seconds = Number(header)
  const wait = Number.isFinite(seconds) ? seconds : (Date.parse(header) - Date.now()) / 1000
  return Number.isFinite(wait) ? Math.max(1, Math.ceil(wait)) : USUAL_WAIT
}

async function ask<T>(call: (signal: AbortSignal) => Promise<Answer<T>>): Promise<T> {
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), PATIENCE)
  try {
    const { data, error, response } = await call(patience.signal)
    if (!response.ok) throw new Refusal(problemFrom(error, response), waitOf(response))
    return data as T
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(asProblem(error), null)
  } finally {
    clearTimeout(timer)
  }
}

/** Sends a case. The same key with the same body never makes a second case. */
export function sendCase(body: CaseBody, key: string): Promise<Accepted> {
  return ask((signal) => api.POST('/api/v1/public/cases', { body, headers: idempotent(key), signal }))
}

export function track(receipt: Receipt): Promise<TrackView> {
  return ask((signal) => api.POST('/api/v1/public/receipts/track', { body: receipt, signal }))
}

export function rate(body: RateBody, key: string): Promise<TrackView> {
  return ask((signal) => api.POST('/api/v1/public/receipts/rate', { body, headers: idempotent(key), signal }))
}

export function supplement(body: SupplementBody, key: string): Promise<TrackView> {
  return ask((signal) => api.POST('/api/v1/public/receipts/supplement', { body, headers: idempotent(key), signal }))
}

export function dispute(body: DisputeBody, key: string): Promise<TrackView> {
  return ask((signal) => api.POST('/api/v1/public/receipts/dispute', { body, headers: idempotent(key), signal }))
}

type Fetch = (path: string, init: unknown) => Promise<Answer<CategoryList>>

/** One list of several that share a path; what is in it is typed, which one it is need not be. */
export async function categories(): Promise<Category[]> {
  const get = api.GET as unknown as Fetch
  return (await ask((signal) => get('/api/v1/public/taxonomies/{scheme}', { params: { path: { scheme: 'case_category' } }, signal }))).items
}

export const publicListings = (): Promise<ListedList> => ask((signal) => api.GET('/api/v1/public/listings', { signal }) as Promise<Answer<ListedList>>)

export const publicRounds = (): Promise<PublicRounds> => ask((signal) => api.GET('/api/v1/public/evaluations', { signal }) as Promise<Answer<PublicRounds>>)

export const publicDraw = (id: string): Promise<DrawFile> => ask((signal) => api.GET('/api/v1/public/evaluations/{round_id}/draw', { params: { path: { round_id: id } }, signal }) as Promise<Answer<DrawFile>>)

export const publicResult = (id: string): Promise<PublicResult> => ask((signal) => api.GET('/api/v1/public/evaluations/{round_id}/result', { params: { path: { round_id: id } }, signal }) as Promise<Answer<PublicResult>>)

export const ballotForm = (id: string): Promise<BallotForm> => ask((signal) => api.GET('/api/v1/public/evaluations/{round_id}/ballot', { params: { path: { round_id: id } }, signal }) as Promise<Answer<BallotForm>>)

/** Casts a ballot. Its code works once, so that no key is needed, and none could be remembered with it. */
export const castBallot = (id: string, body: BallotBody): Promise<{ receipt: string }> => ask((signal) => api.POST('/api/v1/public/evaluations/{round_id}/ballots', { params: { path: { round_id: id } }, body, signal }) as Promise<Answer<{ receipt: string }>>)
