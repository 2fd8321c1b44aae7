import { describe, expect, it } from 'vitest'

import { Portal } from '#test/portal'

import { speak } from './speech'

describe('the portal', () => {
  it('offers five ways in and no dead ones', async () => {
    const portal = await Portal.open('/')
    const ways = portal.page.findAll('main a[href^="/"]').map((a) => a.attributes('href'))
    expect(ways).toEqual(['/submit', '/track', '/rate', '/listed', '/evaluations'])
  })

  it('has one heading and the landmarks, on every page', async () => {
    const portal = await Portal.open('/')
    for (const path of ['/', '/submit', '/track', '/rate', '/nowhere']) {
      await portal.router.push(path)
      await portal.settle()
      expect(portal.page.findAll('h1'), path).toHaveLength(1)
      for (const landmark of ['header', 'main', 'footer']) expect(portal.page.findAll(landmark), path).toHaveLength(1)
    }
  })

  it('remembers large type and the language, and nothing else', async () => {
    const portal = await Portal.open('/')
    await portal.press('大字')
    expect(document.documentElement.classList.contains('large')).toBe(true)
    await portal.press('English')
    await portal.sees('Something wrong? Tell us')
    expect(Object.keys({ ...localStorage }).sort()).toEqual(['xn.locale', 'xn.type'])
    // The router leaves an empty list of scroll positions; the portal gives it none.
    expect({ 'vue-router:scroll': '{}', ...sessionStorage }).toEqual({ 'vue-router:scroll': '{}' })
    expect(document.cookie).toBe('')
    await portal.press('Larger')
    expect(localStorage.getItem('xn.type')).toBeNull()
    await speak('zh-CN')
  })
})
