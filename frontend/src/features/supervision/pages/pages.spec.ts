import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { button, settle, show, soon, text } from '#test/mount'
import { pageOf } from '#test/samples'
import { server } from '#test/server'

import ListingsPage from './ListingsPage.vue'

const row = { id: 'l1', no: 'GP-2026-0001', case_id: 'c1', case_no: 'SQ1', case_title: '路灯长期不亮', unit: { id: 'u1', name: '区城市管理局' }, leader: { id: 'p1', name: '秦望舒' }, status: 'listed', due_on: '2026-12-31', due_at: null, report_due_at: '2026-11-20T24:00:00+08:00', report_late: true, late_count: 2, lamp: 'green', deadline: null, published_at: null, available_actions: [{ action: 'publish', needs_reason: false, title: '复核并发布' }], rev: 3 }

describe('the list of major complaints', () => {
  it('says who answers, what is late, and asks before the public reads it', async () => {
    server.use(http.get('*/api/v1/case-listings', () => HttpResponse.json(pageOf([row]))))
    await show(ListingsPage)
    await soon(() => expect(text()).toContain('包案 秦望舒'))
    expect(text()).toContain('周报逾期')
    expect(text()).toContain('逾期周报 2 次')
    button('复核并发布').click()
    await settle()
    expect(text()).toContain('请确认其中没有个人信息')
  })
})
