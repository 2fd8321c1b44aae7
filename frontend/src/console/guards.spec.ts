import { http, HttpResponse } from 'msw'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RouteLocationNormalized, RouteMeta } from 'vue-router'

import { keepToken } from '@/api/token'
import { me, problem } from '#test/samples'
import { server } from '#test/server'

import { guard } from './guards'

const to = (fullPath: string, meta: RouteMeta = {}) => ({ fullPath, path: fullPath, meta }) as unknown as RouteLocationNormalized
const refresh = (answer: () => Response) => server.use(http.post('*/api/v1/auth/refresh', answer))
const signedIn = (more = {}) => {
  refresh(() => HttpResponse.json({ access_token: 't', token_type: 'bearer', expires_in: 600, refresh_token: null }))
  server.use(http.get('*/api/v1/auth/me', () => HttpResponse.json({ ...me, ...more })))
}

beforeEach(() => setActivePinia(createPinia()))
afterEach(() => keepToken(null))

describe('guard', () => {
  it('lets anybody into an open page without asking the server', async () => {
    expect(await guard(to('/login', { open: true }))).toBe(true)
  })

  it('picks up a session that outlived the page', async () => {
    signedIn()
    expect(await guard(to('/cases', { permission: 'case:read' }))).toBe(true)
  })

  it('sends a stranger to the login and remembers the way', async () => {
    refresh(() => HttpResponse.json(problem(401, 'accounts.session_over', '登录已过期'), { status: 401 }))
    expect(await guard(to('/cases/c1'))).toEqual({ path: '/login', query: { next: '/cases/c1' } })
  })

  it('does not open a page the role has no permission for', async () => {
    signedIn()
    expect(await guard(to('/cases/new', { permission: 'case:create' }))).toBe('/forbidden')
  })

  it.each([{ must_change_password: true }, { must_enrol: true }])('holds %j at the account page first', async (duty) => {
    signedIn(duty)
    expect(await guard(to('/desk'))).toBe('/account')
    expect(await guard(to('/account'))).toBe(true)
  })

  it('does not take a dead server for a lost session', async () => {
    refresh(() => HttpResponse.error())
    expect(await guard(to('/cases'))).toEqual({ path: '/offline', query: { next: '/cases' } })
  })
})
