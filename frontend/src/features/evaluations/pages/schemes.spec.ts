import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import type { Schemas } from '@/api/types'
import { button, show, soon, text } from '#test/mount'
import { pageOf } from '#test/samples'
import { server } from '#test/server'

import { contentOf, draftOf, sum } from '../form'
import SchemeEditPage from './SchemeEditPage.vue'
import SchemePage from './SchemePage.vue'
import SchemesPage from './SchemesPage.vue'

const scheme: Schemas['SchemeRead'] = {
  id: 's1', no: 'PYFA-2026-001', version: 2, title: '年度民主评议方案', status: 'draft', objects_count: 2, draw_size: 1000, drafted_by_name: '方致远', enacted_by_name: null, enacted_at: null, rev: 3, updated_at: '2026-11-30T09:00:00+08:00',
  available_actions: [{ action: 'edit', needs_reason: false, title: '修改方案' }],
  content: {
    groups: [{ name: '重点评议单位', is_key: true, objects: [{ unit_id: 'u1', kind: 'unit', name: '区教育局' }, { unit_id: 'u1', kind: 'section', name: '招生科' }] }],
    raters: [{ category: 'service_user', weight: '66.67', quota: 600 }, { category: 'resident', weight: '33.33', quota: 400 }],
    indicators: [{ name: '服务态度', weight: '100' }],
    options: [{ name: '满意', score: '100' }, { name: '不满意', score: '40' }, { name: '不了解', score: null }],
    survey: '70', monthly: '0', work: '30', trim: '5', draw_size: 1000, pool_minimum: 3000, min_sample: 30, turnout: '50', bottom: 3, bottom_off_at: 5, inherits_by_lineage: true, vetoes: ['重大责任事故'],
  },
}

describe('schemes', () => {
  it('stand in a list with their version', async () => {
    server.use(http.get('*/api/v1/evaluation-schemes', () => HttpResponse.json(pageOf([scheme]))))
    await show(SchemesPage, { permissions: ['evaluation_scheme:read'] })
    await soon(() => expect(text()).toContain('年度民主评议方案'))
    expect(text()).toContain('第 2 版')
  })

  it('say who is judged, by whom and how it is counted', async () => {
    server.use(http.get('*/api/v1/evaluation-schemes/s1', () => HttpResponse.json(scheme)), http.get('*/api/v1/evaluation-schemes/s1/timeline', () => HttpResponse.json(pageOf([]))))
    const { router } = await show(SchemePage, { props: { id: 's1' } })
    await soon(() => expect(text()).toContain('招生科'))
    for (const words of ['66.67%', '不计入平均分，单独列示', '从不少于 3000 人的库中抽 1000 人', '各 5%', '重大责任事故']) expect(text()).toContain(words)
    button('修改方案').click()
    await soon(() => expect(router.currentRoute.value.path).toBe('/evaluations/schemes/s1/edit'))
  })

  it('go into the editor and come out of it unchanged', () => {
    expect(contentOf(draftOf(scheme.title, scheme.content), { u1: '区教育局' })).toEqual(scheme.content)
    expect(sum(['33.33', '66.67'])).toBe(100)
  })

  it('are saved with the revision that was read, and say where they contradict themselves', async () => {
    const sent: unknown[] = []
    server.use(
      http.get('*/api/v1/evaluation-schemes/s1', () => HttpResponse.json(scheme)),
      http.get('*/api/v1/units/tree', () => HttpResponse.json({ as_of: '2026-11-30', items: [] })),
      http.post('*/api/v1/evaluation-schemes/s1/actions/edit', async ({ request }) => {
        sent.push(request.headers.get('If-Match'), await request.json())
        return HttpResponse.json(scheme)
      }),
    )
    const { router } = await show(SchemeEditPage, { props: { id: 's1' } })
    await soon(() => expect(text()).toContain('合计 100'))
    button('保存').click()
    await soon(() => expect(router.currentRoute.value.path).toBe('/evaluations/schemes/s1'))
    expect(sent[0]).toBe('"3"')
    expect((sent[1] as { title: string }).title).toBe('年度民主评议方案')
  })
})
