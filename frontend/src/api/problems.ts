/**
 * Every failed call ends as a ProblemError: the server's problem+json, or one made here when nothing came back.
 * Callers switch on `code`, never on texts.
 */
import type { Problem } from './types'

export const UNREACHABLE = 'client.unreachable'
/** The password was right; the one-time code is missing. */
export const TOTP_REQUIRED = 'accounts.totp_required'

const UNREADABLE = 'client.unreadable'

export class ProblemError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.title)
    this.name = 'ProblemError'
    this.problem = problem
  }

  get status(): number {
    return this.problem.status
  }

  get code(): string {
    return this.problem.code
  }

  /** Messages by field path, for forms; a leading `body.` is dropped. */
  get fields(): Record<string, string> {
    const entries = this.problem.errors.map((e) => [e.path.replace(/^body\./, ''), e.message] as const)
    return Object.fromEntries(entries)
  }
}

function made(code: string, status: number, title: string): Problem {
  return { type: 'about:blank', title, status, code, detail: '', instance: location.pathname, request_id: '', errors: [], allowed: [] }
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'status' in value && 'title' in value
}

/** The error of an answer that was not 2xx; a body that is no problem document is not trusted with its text. */
export function problemFrom(body: unknown, response: Response): ProblemError {
  if (isProblem(body)) return new ProblemError(body)
  return new ProblemError({ ...made(UNREADABLE, response.status, `HTTP ${response.status}`), request_id: response.headers.get('X-Request-ID') ?? '' })
}

/** The error of a call that got no answer at all. */
export function unreachable(): ProblemError {
  return new ProblemError(made(UNREACHABLE, 0, 'unreachable'))
}

/** Any thrown value as a ProblemError, so that pages have one shape to show. */
export function asProblem(error: unknown): ProblemError {
  return error instanceof ProblemError ? error : new ProblemError(made('client.unexpected', 0, error instanceof Error ? error.message : String(error)))
}
