import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import type { Schemas } from '@/api/types'
import { button, settle, show, soon, text } from '#test/mount'
import { pageOf } from '#test/samples'
import { server } from '#test/server'

import CheckPage from './CheckPage.vue'
import ChecksPage from './ChecksPage.vue'

const coverage = { required: 1831, done: 1830, percent: '99.94', is_complete: false }
const check: Schemas['SelfCheckRead'] = { id: 'k1', campaign_id: 'c1', campaign_title: '群众办事难专项整治', frozen_on: '2026-08-01', status: 'open', coverage, closed_at: null, created_by_name: '方致远', changes_count: 1, available_actions: [], rev: 1 }
const row: Schemas['CheckedUnitRead'] = { id: 'r1', check_id: 'k1', unit: { id: 'u1', name: '区城市管理局' }, status: 'checked', coverage: { required: 3, done: 1, percent: '33.33', is_complete: false }, children_count: 2, summary: '已自查', checked_at: '2026-08-02T09:00:00+08:00', checked_by_name: '罗知秋', signed_by_name: null, judged_by_name: null, return_reason: null, weak_points: [{ id: 'w1', dimension: 'attitude', problem: '态度生硬', item_id: 'i1' }], available_actions: [{ action: 'record', needs_reason: false, title: '登记自查情况' }], rev: 4 }

describe('self-checks', () => {
  it('are nearly all and say so in whole numbers', async () => {
    server.use(http.get('*/api/v1/self-checks', () => HttpResponse.json(pageOf([check]))))
    await show(ChecksPage)
    await soon(() => expect(text()).toContain('已自查 1830／1831'))
    expect(text()).toContain('99.94%')
    expect(text()).not.toContain('100%')
  })

  it('are opened for a campaign that has none', async () => {
    const sent: unknown[] = []
    server.use(
      http.get('*/api/v1/self-checks', () => HttpResponse.json(pageOf([]))),
      http.post('*/api/v1/self-checks', async ({ request }) => {
        sent.push(await request.json())
        return HttpResponse.json(check, { status: 201 })
      }),
    )
    const { router } = await show(ChecksPage, { at: '/self-checks?campaign=c1', permissions: ['self_check:manage'] })
    button('组织自查').click()
    await soon(() => expect(router.currentRoute.value.path).toBe('/self-checks/k1'))
    expect(sent).toEqual([{ campaign_id: 'c1' }])
  })

  it('go down the tree, and what is weak is sent by its respect', async () => {
    const asked: (string | null)[] = []
    const sent: unknown[] = []
    server.use(
      http.get('*/api/v1/self-checks/k1', () => HttpResponse.json(check)),
      http.get('*/api/v1/self-checks/k1/changes', () => HttpResponse.json({ items: [{ id: 'l1', unit: row.unit, kind: 'add', reason: '补列', at: '2026-08-02T09:00:00+08:00', by_name: '方致远' }] })),
      http.get('*/api/v1/self-checks/k1/coverage', ({ request }) => {
        asked.push(new URL(request.url).searchParams.get('unit_id'))
        return HttpResponse.json({ path: [], items: [row] })
      }),
      http.post('*/api/v1/self-check-units/r1/actions/record', async ({ request }) => {
        sent.push(await request.json())
        return HttpResponse.json(row)
      }),
    )
    await show(CheckPage, { props: { id: 'k1' } })
    await soon(() => expect(text()).toContain('态度生硬'))
    expect(text()).toContain('增加 区城市管理局：补列')
    document.querySelector<HTMLButtonElement>('button.down')?.click()
    await soon(() => expect(asked).toEqual([null, 'u1']))
    button('登记自查情况').click()
    await settle()
    const [summary, attitude] = [...document.querySelectorAll('textarea')]
    for (const [area, words] of [[summary, '重新自查'], [attitude, '仍有怠慢']] as const) {
      if (!area) throw new Error('no field')
      area.value = words
      area.dispatchEvent(new Event('input'))
    }
    document.querySelector<HTMLButtonElement>('[role=dialog] footer .el-button--primary')?.click()
    await soon(() => expect(sent).toEqual([{ summary: '重新自查', weak_points: [{ dimension: 'attitude', problem: '仍有怠慢' }] }]))
  })
})
