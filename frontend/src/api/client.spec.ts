import { http, HttpResponse } from 'msw'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { server } from '#test/server'

import { act } from './actions'
import { api, unwrap } from './client'
import { ProblemError, UNREACHABLE } from './problems'
import { keepToken, onSessionLost } from './token'

const ME = '*/api/v1/auth/me'
const REFRESH = '*/api/v1/auth/refresh'
const me = () => unwrap(api.GET('/api/v1/auth/me'))
const problem = (status: number, code: string) => HttpResponse.json({ type: 'about:blank', title: '标题', status, code, request_id: 'r1' }, { status })

function guarded(seen: (string | null)[]) {
  return http.get(ME, ({ request }) => {
    const token = request.headers.get('Authorization')
    seen.push(token)
    return token === 'Bearer new' ? HttpResponse.json({ name: '王琳' }) : problem(401, 'auth.expired')
  })
}

afterEach(() => keepToken(null))

describe('client', () => {
  it('refreshes once for several calls that meet 401 together, and repeats them', async () => {
    const seen: (string | null)[] = []
    let refreshes = 0
    keepToken('old')
    server.use(guarded(seen), http.post(REFRESH, () => {
      refreshes += 1
      return HttpResponse.json({ access_token: 'new', token_type: 'bearer', expires_in: 600, refresh_token: null })
    }))
    const answers = await Promise.all([me(), me(), me()])
    expect(answers.map((a) => a.name)).toEqual(['王琳', '王琳', '王琳'])
    expect(refreshes).toBe(1)
    expect(seen.filter((token) => token === 'Bearer new')).toHaveLength(3)
  })

  it('tells the page when the session is over and does not ask twice', async () => {
    const over = vi.fn()
    const stop = onSessionLost(over)
    const seen: (string | null)[] = []
    keepToken('old')
    server.use(guarded(seen), http.post(REFRESH, () => problem(401, 'accounts.session_over')))
    await expect(me()).rejects.toMatchObject({ status: 401, code: 'auth.expired' })
    expect(over).toHaveBeenCalledTimes(1)
    expect(seen).toEqual(['Bearer old'])
    stop()
  })

  it('does not refresh for a refused login', async () => {
    keepToken('old')
    server.use(http.post('*/api/v1/auth/login', () => problem(401, 'accounts.invalid_credentials')))
    const login = unwrap(api.POST('/api/v1/auth/login', { body: { login: 'a', password: 'b', client: 'web' } }))
    await expect(login).rejects.toMatchObject({ code: 'accounts.invalid_credentials' })
  })

  it('asks in the language of the page', async () => {
    let language: string | null = null
    server.use(http.get(ME, ({ request }) => {
      language = request.headers.get('Accept-Language')
      return HttpResponse.json({})
    }))
    await me()
    expect(language).toBe('zh-CN')
  })

  it('names a lost connection instead of throwing a bare TypeError', async () => {
    server.use(http.get(ME, () => HttpResponse.error()))
    await expect(me()).rejects.toMatchObject({ code: UNREACHABLE, status: 0 })
  })

  it('does not trust the text of an error that is no problem document', async () => {
    server.use(http.get(ME, () => new HttpResponse('<h1>Bad gateway</h1>', { status: 502, headers: { 'X-Request-ID': 'r9' } })))
    const error = await me().catch((e: unknown) => e)
    expect(error).toBeInstanceOf(ProblemError)
    expect((error as ProblemError).problem).toMatchObject({ title: 'HTTP 502', status: 502, request_id: 'r9' })
  })
})

describe('act', () => {
  it('sends the revision it was shown and a fresh idempotency key', async () => {
    const keys: (string | null)[] = []
    let match: string | null = null
    server.use(http.post('*/api/v1/cases/c1/actions/sign', ({ request }) => {
      keys.push(request.headers.get('Idempotency-Key'))
      match = request.headers.get('If-Match')
      return HttpResponse.json({ id: 'c1' })
    }))
    const target = { params: { case_id: 'c1' }, rev: 7 }
    await act('/api/v1/cases/{case_id}/actions/sign', target, {})
    await act('/api/v1/cases/{case_id}/actions/sign', target, {})
    expect(match).toBe('"7"')
    expect(keys[0]).toHaveLength(32)
    expect(keys[0]).not.toBe(keys[1])
  })

  it('carries the field messages of a refused body', async () => {
    server.use(http.post('*/api/v1/cases/c1/actions/return', () =>
      HttpResponse.json({ type: 'about:blank', title: '内容不合规', status: 422, code: 'validation', request_id: 'r2', errors: [{ path: 'body.reason', code: 'too_short', message: '请写明理由' }] }, { status: 422 })))
    const call = act('/api/v1/cases/{case_id}/actions/return', { params: { case_id: 'c1' }, rev: 1 }, { reason: '' })
    await expect(call).rejects.toMatchObject({ fields: { reason: '请写明理由' } })
  })
})
