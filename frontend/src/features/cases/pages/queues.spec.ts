import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { button, press, show, soon, text } from '#test/mount'
import { listedCase, oneCase, onePart, pageOf } from '#test/samples'
import { server } from '#test/server'

import PartsPage from './PartsPage.vue'
import QueuePage from './QueuePage.vue'
import RequestsPage from './RequestsPage.vue'

const first = { ...oneCase, id: 'c1', title: '路灯不亮', status: 'registered' as const, available_actions: [{ action: 'answer_on_spot', needs_reason: false, title: '当场答复' }] }
const second = { ...first, id: 'c2', title: '井盖缺失' }

describe('QueuePage', () => {
  it('walks by keys, and goes on to the next case when one is done', async () => {
    let waiting = [first, second]
    server.use(
      http.get('*/api/v1/cases', () => HttpResponse.json(pageOf(waiting.map((c) => ({ ...listedCase, id: c.id, title: c.title }))))),
      http.get('*/api/v1/cases/:id', ({ params }) => HttpResponse.json(params['id'] === 'c1' ? first : second)),
      http.get('*/api/v1/desk', () => HttpResponse.json({})),
      http.post('*/api/v1/cases/c1/actions/answer_on_spot', () => {
        waiting = [second]
        return HttpResponse.json({ ...first, status: 'closed', available_actions: [] })
      }),
    )
    await show(QueuePage, { props: { queue: 'dispatch' } })
    await soon(() => expect(document.querySelector('article h2')?.textContent).toBe('路灯不亮'))
    press('j')
    await soon(() => expect(document.querySelector('article h2')?.textContent).toBe('井盖缺失'))
    press('k')
    await soon(() => expect(document.querySelector('article h2')?.textContent).toBe('路灯不亮'))
    button('当场答复').click()
    await soon(() => expect(text()).toContain('答复后这件诉求办结'))
    const area = document.querySelector('textarea') as HTMLTextAreaElement
    area.value = '今晚修复。'
    area.dispatchEvent(new Event('input'))
    press('Enter', { ctrlKey: true }, area)
    await soon(() => expect(document.querySelector('article h2')?.textContent).toBe('井盖缺失'))
  })

  it('says what will come when nothing waits', async () => {
    server.use(http.get('*/api/v1/cases', () => HttpResponse.json(pageOf([]))))
    await show(QueuePage, { props: { queue: 'call_back' } })
    await soon(() => expect(text()).toContain('承办单位答复后，诉求会出现在这里'))
  })
})

describe('PartsPage', () => {
  it('asks for the helping parts when that view is chosen', async () => {
    const asked: string[] = []
    server.use(http.get('*/api/v1/case-assignments', ({ request }) => {
      asked.push(new URL(request.url).search)
      const { id, case_id, unit, part, way, status, due_at, dispatched_at, rev } = onePart
      return HttpResponse.json(pageOf([{ id, case_id, unit, part, way, status, due_at, dispatched_at, rev, case_no: 'SQ1', case_title: '路灯不亮', lamp: 'green', deadline: null }]))
    }))
    await show(PartsPage, { at: '/cases/parts' })
    await soon(() => expect(text()).toContain('路灯不亮'))
    button('协办').click()
    await soon(() => expect(asked.some((search) => search.includes('part=co'))).toBe(true))
  })
})

describe('RequestsPage', () => {
  it('shows what is asked for, by whom, and the steps open to the reader', async () => {
    const request = { id: 'r1', case_id: 'c1', case_no: 'SQ1', case_title: '路灯不亮', unit: onePart.unit, kind: 'extension', status: 'endorsed', amount: 5, amount_unit: 'working_day', about: null, reason: '需等待管线迁改', files: [], applied_by_name: '罗知秋', applied_at: onePart.due_at, endorsed_by_name: '沈一舟', endorsed_at: onePart.due_at, decided_by_name: null, decided_at: null, decision: null, told_at: null, told_by: null, due_before: null, due_after: '2027-01-08T17:30:00+08:00', provisional: true, available_actions: [{ action: 'refuse', needs_reason: true, title: '不批准' }, { action: 'grant', needs_reason: false, title: '批准' }], rev: 2 }
    server.use(http.get('*/api/v1/case-requests', () => HttpResponse.json(pageOf([request]))))
    await show(RequestsPage, { at: '/cases/requests' })
    await soon(() => expect(text()).toContain('需等待管线迁改'))
    expect(text()).toContain('延长 5 个工作日')
    expect(text()).toContain('（暂定）')
    expect([...document.querySelectorAll('.bar button')].map((b) => b.textContent?.trim())).toEqual(['批准', '不批准'])
  })
})
