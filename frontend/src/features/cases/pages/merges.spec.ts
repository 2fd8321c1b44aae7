import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'

import type { AlikeCase, CaseRead } from '@/api/types'
import { button, show, soon, text } from '#test/mount'
import { oneCase, pageOf, problem } from '#test/samples'
import { server } from '#test/server'

import CasePage from './CasePage.vue'
import IntakePage from './IntakePage.vue'

const alike: AlikeCase = { id: 'c9', no: '2026-11-0377', title: '城南市场夜间装卸扰民', status: 'handling', lead_unit: oneCase.lead_unit, place: '城南市场', received_at: '2026-11-19T09:00:00+08:00', due_at: '2026-11-25T17:30:00+08:00', likeness: 64, traits: ['place', 'text'] }
const MERGE = { action: 'merge', needs_reason: true, title: '并入另一件' }

describe('CasePage', () => {
  let current: CaseRead
  beforeEach(() => {
    current = { ...oneCase, available_actions: [MERGE] }
    server.use(
      http.get('*/api/v1/cases/c1', () => HttpResponse.json(current)),
      http.get('*/api/v1/cases/c1/records', () => HttpResponse.json({ items: [] })),
      http.get('*/api/v1/cases/c1/timeline', () => HttpResponse.json(pageOf([]))),
      http.get('*/api/v1/cases/c1/alike', () => HttpResponse.json({ items: [alike] })),
      http.get('*/api/v1/cases/c1/merges', () => HttpResponse.json({ primary: alike, items: [], hidden: 0 })),
    )
  })

  it('merges into a suggestion with a reason, and then shows what the case belongs to', async () => {
    let sent: unknown
    server.use(http.post('*/api/v1/cases/c1/actions/merge', async ({ request }) => {
      sent = await request.json()
      current = { ...current, status: 'merged', rev: 8, merged_into_id: 'c9', available_actions: [] }
      return HttpResponse.json(current)
    }))
    await show(CasePage, { props: { id: 'c1' } })
    await soon(() => expect(text()).toContain('相近 64%'))
    expect(text()).toContain('地点相近 · 内容相近 · 城南市场')
    expect(document.querySelector('.bar')?.textContent ?? '').not.toContain('并入另一件')
    button('并入这件').click()
    await soon(() => expect(text()).toContain('城南市场夜间装卸扰民 — 并入后'))
    const reason = document.querySelector<HTMLTextAreaElement>('.el-dialog textarea')
    if (reason) reason.value = '同一件事'
    reason?.dispatchEvent(new Event('input'))
    button('并入 2026-11-0377').click()
    await soon(() => expect(text()).toContain('已并入主件'))
    expect(sent).toEqual({ into_id: 'c9', reason: '同一件事' })
    expect(text()).not.toContain('可能是同一件事')
  })

  it('says what may not be merged, and keeps the reason', async () => {
    server.use(http.post('*/api/v1/cases/c1/actions/merge', () => HttpResponse.json(problem(409, 'cases.merge_later', '该件的期限晚于本件，请反过来合并'), { status: 409 })))
    await show(CasePage, { props: { id: 'c1' } })
    await soon(() => expect(text()).toContain('相近 64%'))
    button('并入这件').click()
    await soon(() => expect(text()).toContain('— 并入后'))
    const reason = document.querySelector<HTMLTextAreaElement>('.el-dialog textarea')
    if (reason) reason.value = '同一件事'
    reason?.dispatchEvent(new Event('input'))
    button('并入 2026-11-0377').click()
    await soon(() => expect(text()).toContain('请反过来合并'))
    expect(reason?.value).toBe('同一件事')
  })
})

describe('IntakePage', () => {
  it('compares while the case is typed, sends the number in the body only, and merges once it is registered', async () => {
    const asked: unknown[] = []
    const sent: unknown[] = []
    server.use(
      http.post('*/api/v1/cases/alike', async ({ request }) => {
        asked.push(await request.json())
        return HttpResponse.json({ items: [alike] })
      }),
      http.post('*/api/v1/cases', () => HttpResponse.json(oneCase, { status: 201 })),
      http.post('*/api/v1/cases/c1/actions/merge', async ({ request }) => {
        sent.push(await request.json())
        return HttpResponse.json({ ...oneCase, status: 'merged' })
      }),
    )
    await show(IntakePage, { permissions: ['case:merge'] })
    const type = (id: string, value: string) => {
      const field = document.querySelector<HTMLInputElement>(`#${id}`)
      if (!field) throw new Error(id)
      field.value = value
      field.dispatchEvent(new Event('input'))
    }
    type('intake-phone', '13812345678')
    type('intake-content', '城南市场夜间装卸。每晚都吵。')
    await soon(() => expect(text()).toContain('相近 64%'))
    expect(asked).toEqual([{ title: '城南市场夜间装卸', place: null, category_code: null, phone: '13812345678' }])
    button('并入这件').click()
    await soon(() => expect(text()).toContain('登记后并入 2026-11-0377'))
    document.querySelector('form')?.dispatchEvent(new Event('submit'))
    await soon(() => expect(sent).toEqual([{ into_id: 'c9', reason: '登记时判断为同一事项' }]))
    await soon(() => expect(text()).not.toContain('登记后并入'))
  })
})
