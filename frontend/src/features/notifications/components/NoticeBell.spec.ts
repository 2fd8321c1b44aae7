import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { button, show, soon, text } from '#test/mount'
import { pageOf } from '#test/samples'
import { server } from '#test/server'

import NoticeBell from './NoticeBell.vue'

const notice = { id: 'n1', title: '有新派件待签收', body: '2026-11-0381', subject_type: 'case', subject_id: 'c1', created_at: '2026-11-22T09:00:00+08:00', read_at: null }

describe('NoticeBell', () => {
  it('says how many are unread, opens the object and marks the notice read', async () => {
    const marked: unknown[] = []
    server.use(
      http.get('*/api/v1/notifications/unread_count', () => HttpResponse.json({ count: 3 })),
      http.get('*/api/v1/notifications', () => HttpResponse.json(pageOf([notice]))),
      http.post('*/api/v1/notifications/actions/mark_read', async ({ request }) => {
        marked.push(await request.json())
        return new HttpResponse(null, { status: 204 })
      }),
    )
    const { router } = await show(NoticeBell)
    await soon(() => expect(button('通知，3 条未读')).toBeTruthy())
    button('通知，3 条未读').click()
    await soon(() => expect(text()).toContain('有新派件待签收'))
    ;[...document.querySelectorAll('button')].find((b) => b.textContent?.includes('有新派件待签收'))?.click()
    await soon(() => expect(router.currentRoute.value.path).toBe('/cases/c1'))
    expect(marked).toEqual([{ ids: ['n1'] }])
  })
})
