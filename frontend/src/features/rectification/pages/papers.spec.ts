import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { button, settle, show, soon, text } from '#test/mount'
import { pageOf } from '#test/samples'
import { server } from '#test/server'

import { said } from '../columns'
import ListsPage from './ListsPage.vue'

describe('papers of the ledger', () => {
  it('are asked for as the page is narrowed, and wait among the exports', async () => {
    const sent: unknown[] = []
    server.use(
      http.get('*/api/v1/rectification-items/lists', () => HttpResponse.json(pageOf([]))),
      http.post('*/api/v1/rectification-list-papers', async ({ request }) => {
        sent.push(await request.json())
        return HttpResponse.json({}, { status: 202 })
      }),
    )
    const { router } = await show(ListsPage, { at: '/rectification/lists?view=responsibility&is_mass=true&sort=due_at', permissions: ['export:create'] })
    button('生成文件').click()
    await settle()
    await soon(() => expect(text()).toContain('责任清单（Word）'))
    const choice = [...document.querySelectorAll<HTMLElement>('.el-dropdown-menu__item')].find((one) => one.textContent.includes('Word'))
    choice?.click()
    await soon(() => expect(router.currentRoute.value.path).toBe('/exports'))
    expect(sent).toEqual([{ is_mass: true, view: 'responsibility', format: 'docx' }])
  })

  it('are not offered to whoever may not take anything out', async () => {
    server.use(http.get('*/api/v1/rectification-items/lists', () => HttpResponse.json(pageOf([]))))
    await show(ListsPage, { at: '/rectification/lists' })
    await settle()
    expect(text()).not.toContain('生成文件')
  })

  it('say what narrows a list without where its page stands', () => {
    expect(said({ view: 'rectification', cursor: 'x', sort: 'due_at', overdue: 'true' as never, q: '路灯' })).toEqual({ overdue: true, q: '路灯' })
  })
})
