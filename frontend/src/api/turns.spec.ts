import { delay, http, HttpResponse } from 'msw'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { server } from '#test/server'

/** Another tab: the same code with a memory of its own, on the same storage and cookies. */
async function tab() {
  vi.resetModules()
  return import('./token')
}

/** Web Locks as a browser has them, as far as one name goes. */
function webLocks() {
  let last: Promise<unknown> = Promise.resolve()
  const request = vi.fn((_: string, work: () => Promise<unknown>) => (last = last.catch(() => undefined).then(work)))
  Object.defineProperty(navigator, 'locks', { configurable: true, value: { request } })
  return request
}

let cookie: number
let stolen: boolean

beforeEach(() => {
  cookie = 1
  stolen = false
  server.use(http.post('*/api/v1/auth/refresh', async () => {
    const used = cookie
    await delay(30)
    stolen ||= used !== cookie
    cookie += 1
    return stolen ? HttpResponse.json({}, { status: 401 }) : HttpResponse.json({ access_token: `t${cookie}`, token_type: 'bearer', expires_in: 600, refresh_token: null })
  }))
})
afterEach(() => Reflect.deleteProperty(navigator, 'locks'))

describe('several tabs that refresh at once', () => {
  it('take turns by Web Locks where there are any', async () => {
    const request = webLocks()
    const tabs = [await tab(), await tab(), await tab()]
    expect(await Promise.all(tabs.map((one) => one.refresh()))).toEqual([true, true, true])
    expect(request).toHaveBeenCalledTimes(3)
    expect(stolen).toBe(false)
  })

  it('take turns by the storage they share where there are none', async () => {
    Object.defineProperty(navigator, 'locks', { configurable: true, value: undefined })
    const tabs = [await tab(), await tab(), await tab()]
    expect(await Promise.all(tabs.map((one) => one.refresh()))).toEqual([true, true, true])
    expect([...new Set(tabs.map((one) => one.accessToken()))]).toHaveLength(3)
    expect(stolen).toBe(false)
    expect(localStorage.getItem('xn-refresh')).toBeNull()
  })

  it('do not wait for ever for a tab that died', async () => {
    Object.defineProperty(navigator, 'locks', { configurable: true, value: undefined })
    localStorage.setItem('xn-refresh', JSON.stringify({ id: 0.5, until: Date.now() + 120 }))
    const begun = Date.now()
    expect(await (await tab()).refresh()).toBe(true)
    expect(Date.now() - begun).toBeGreaterThanOrEqual(120)
  })

  it('still refresh where nothing can be stored', async () => {
    Object.defineProperty(navigator, 'locks', { configurable: true, value: undefined })
    const refused = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError')
    })
    expect(await (await tab()).refresh()).toBe(true)
    refused.mockRestore()
  })
})
