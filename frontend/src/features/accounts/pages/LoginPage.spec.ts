import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { button, settle, show, soon, text } from '#test/mount'
import { me, problem } from '#test/samples'
import { server } from '#test/server'

import LoginPage from './LoginPage.vue'

const LOGIN = '*/api/v1/auth/login'
const token = { access_token: 't', token_type: 'bearer', expires_in: 600, refresh_token: null }

async function type(name: string, value: string) {
  const input = document.querySelector<HTMLInputElement>(`input[name=${name}]`)
  if (!input) throw new Error(`no input ${name}`)
  input.value = value
  input.dispatchEvent(new Event('input'))
  await settle()
}
async function enter(name = '登录') {
  await type('username', 'linke')
  await type('password', 'secret')
  button(name).click()
  await settle()
}
function accept() {
  server.use(http.post(LOGIN, () => HttpResponse.json(token)), http.get('*/api/v1/auth/me', () => HttpResponse.json(me)))
}

describe('LoginPage', () => {
  it('goes where the person wanted to go', async () => {
    accept()
    const { router } = await show(LoginPage, { at: '/login?next=/cases/c1' })
    await enter()
    await soon(() => expect(router.currentRoute.value.path).toBe('/cases/c1'))
  })

  it.each(['https://evil.example', '//evil.example', '/\\evil.example'])('never sends people to %s', async (next) => {
    accept()
    const { router } = await show(LoginPage, { at: `/login?next=${encodeURIComponent(next)}` })
    await enter()
    await soon(() => expect(router.currentRoute.value.path).toBe('/desk'))
  })

  it('asks for the one-time code only when the account needs one', async () => {
    const bodies: unknown[] = []
    server.use(
      http.post(LOGIN, async ({ request }) => {
        const body = (await request.json()) as { totp_code?: string }
        bodies.push(body)
        return body.totp_code ? HttpResponse.json(token) : HttpResponse.json(problem(401, 'accounts.totp_required', '请输入动态口令'), { status: 401 })
      }),
      http.get('*/api/v1/auth/me', () => HttpResponse.json(me)),
    )
    const { router } = await show(LoginPage, { at: '/login' })
    await enter()
    await soon(() => expect(document.activeElement?.getAttribute('name')).toBe('code'))
    await type('code', '12345')
    button('验证并登录').click()
    await settle()
    expect(text()).toContain('请输入六位数字')
    await type('code', '123456')
    button('验证并登录').click()
    await soon(() => expect(router.currentRoute.value.path).toBe('/desk'))
    expect(bodies).toEqual([{ login: 'linke', password: 'secret', client: 'web' }, { login: 'linke', password: 'secret', totp_code: '123456', client: 'web' }])
  })

  it('says what is wrong in the server’s words and keeps the account name', async () => {
    server.use(http.post(LOGIN, () => HttpResponse.json(problem(423, 'accounts.locked', '账号已锁定', { detail: '15 分钟后再试。' }), { status: 423 })))
    await show(LoginPage, { at: '/login' })
    await enter()
    await soon(() => expect(text()).toContain('15 分钟后再试。'))
    expect(document.querySelector<HTMLInputElement>('input[name=username]')?.value).toBe('linke')
  })

  it('asks for both before it asks the server', async () => {
    await show(LoginPage, { at: '/login' })
    button('登录').click()
    await settle()
    expect(text()).toContain('请填写账号和密码')
  })
})
