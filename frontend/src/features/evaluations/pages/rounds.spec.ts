import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import type { Schemas } from '@/api/types'
import { button, settle, show, soon, text } from '#test/mount'
import { pageOf } from '#test/samples'
import { server } from '#test/server'

import PoolPage from './PoolPage.vue'
import RoundPage from './RoundPage.vue'
import RoundsPage from './RoundsPage.vue'

const draw: Schemas['RoundDrawRead'] = {
  id: 'd2', seq: 2, status: 'committed', size: 1000, quotas: [{ category: 'service_user', quota: 600 }, { category: 'resident', quota: 400 }], pool_count: 3100, excluded_count: 12, pool_hash: 'ab12cd', entropy_source: '12月1日双色球开奖号码', entropy_on: '2026-12-01',
  committed_at: '2026-11-30T09:00:00+08:00', committed_by_name: '方致远', entropy: null, drawn_at: null, drawn_by_name: null, superseded_reason: null, refused: 0,
}
const round = {
  id: 'r1', no: 'PY-2026-001', title: '2026年度民主评议', year: 2026, status: 'pool_frozen', scheme_no: 'PYFA-2026-001', scheme_version: 2, created_by_name: '方致远', scheme_id: 's1', content_hash: 'ffee', void_reason: null, rev: 4, updated_at: '2026-11-30T09:00:00+08:00', content: {},
  turnout: [{ category: 'resident', issued: 400, returned: 100 }],
  draws: [draw, { ...draw, id: 'd1', seq: 1, status: 'superseded', superseded_reason: '抽取后发现导入错误' }], available_actions: [{ action: 'draw', needs_reason: false, title: '公开抽取' }],
} as unknown as Schemas['RoundRead']
const person: Schemas['RepresentativeItem'] = { id: 'p1', category: 'resident', name_masked: '贺**', phone_masked: '139****0001', employer: null, status: 'active', created_at: '2026-11-30T09:00:00+08:00', rev: 1, available_actions: [{ action: 'withdraw', needs_reason: true, title: '移出代表库' }] }

describe('rounds', () => {
  it('stand in a list', async () => {
    server.use(http.get('*/api/v1/evaluation-rounds', () => HttpResponse.json(pageOf([round]))), http.get('*/api/v1/evaluation-schemes', () => HttpResponse.json(pageOf([]))))
    await show(RoundsPage)
    await soon(() => expect(text()).toContain('2026年度民主评议'))
    expect(text()).toContain('已封存待抽取')
  })

  it('show what was sealed, every draw on record, and send the entropy with the revision', async () => {
    const sent: unknown[] = []
    server.use(
      http.get('*/api/v1/evaluation-rounds/r1', () => HttpResponse.json(round)),
      http.get('*/api/v1/evaluation-rounds/r1/timeline', () => HttpResponse.json(pageOf([]))),
      http.post('*/api/v1/evaluation-rounds/r1/actions/draw', async ({ request }) => {
        sent.push(request.headers.get('If-Match'), await request.json())
        return HttpResponse.json(round)
      }),
    )
    await show(RoundPage, { props: { id: 'r1' } })
    await soon(() => expect(text()).toContain('ab12cd'))
    for (const words of ['3100 人（被评单位人员 12 人不参加）', '服务对象 600 · 群众代表 400', '抽取后发现导入错误', '25.0%']) expect(text()).toContain(words)
    button('公开抽取').click()
    await settle()
    const field = document.querySelector<HTMLInputElement>('[role=dialog] input')
    if (!field) throw new Error('no field')
    field.value = '03 11 19 22 27 30 + 08'
    field.dispatchEvent(new Event('input'))
    document.querySelector<HTMLButtonElement>('[role=dialog] footer .el-button--primary')?.click()
    await soon(() => expect(sent).toEqual(['"4"', { entropy: '03 11 19 22 27 30 + 08' }]))
  })
})

const score: Schemas['ScoreRead'] = {
  place: 0, group_name: '其他部门', is_key: false, unit_id: 'u1', kind: 'unit', name: '区民政局', survey: '88.50', total: '88.50', replies: 16, rate: '80.00', unknown: 2, rank: 1, ranked: 2, is_bottom: false, hidden: false, small: true, reweighted: false, veto: null, own: true,
  cells: [{ category: 'resident', replies: 12, mean: '90.00', hidden: false }, { category: 'supervisor', replies: null, mean: null, hidden: true }],
}
const version = { version: 1, box_hash: 'beef', faults: ['turnout_low'], issued: 20, returned: 16, rate: '80.00', tallied_at: '2026-11-30T09:00:00+08:00', tallied_by_name: '方致远', published_at: null, published_by_name: null, objections_until: null }

describe('a result', () => {
  it('shows what every score rests on, and tells in words what it does not show', async () => {
    server.use(
      http.get('*/api/v1/evaluation-rounds/r1', () => HttpResponse.json({ ...round, status: 'computed' })),
      http.get('*/api/v1/evaluation-rounds/r1/timeline', () => HttpResponse.json(pageOf([]))),
      http.get('*/api/v1/evaluation-rounds/r1/result', () => HttpResponse.json({ ...version, versions: [version], scores: [{ ...score, place: 1, name: '区财政局', own: false, hidden: true, total: null, survey: null, rank: null, replies: null, rate: null, unknown: null, cells: [] }, score] })),
    )
    await show(RoundPage, { props: { id: 'r1' } })
    await soon(() => expect(text()).toContain('88.50'))
    for (const words of ['尚未公布', '收回 16 / 20 份（80.00%）', '回收率不足', '本单位', '样本不足', '监督员 不显示', '群众代表 90.00（12）', '评价少于 5 份，不显示得分', 'beef']) expect(text()).toContain(words)
    expect(text().indexOf('区民政局')).toBeLessThan(text().indexOf('区财政局'))
  })

  it('says nothing where it cannot be seen yet', async () => {
    server.use(
      http.get('*/api/v1/evaluation-rounds/r1', () => HttpResponse.json({ ...round, status: 'computed' })),
      http.get('*/api/v1/evaluation-rounds/r1/timeline', () => HttpResponse.json(pageOf([]))),
      http.get('*/api/v1/evaluation-rounds/r1/result', () => HttpResponse.json({ code: 'not_found', title: '没有', status: 404 }, { status: 404 })),
    )
    await show(RoundPage, { props: { id: 'r1' } })
    await soon(() => expect(text()).toContain('已计票'))
    await settle()
    expect(text()).not.toContain('评议结果')
  })
})

describe('the pool', () => {
  it('shows how far it is from the gate, and nobody in clear', async () => {
    server.use(
      http.get('*/api/v1/evaluation-representatives', () => HttpResponse.json(pageOf([person]))),
      http.get('*/api/v1/evaluation-representatives/summary', () => HttpResponse.json({ active: 2999, withdrawn: 0, minimum: 3000, by_category: [{ category: 'resident', count: 2999 }] })),
    )
    await show(PoolPage)
    await soon(() => expect(text()).toContain('还差 1 人'))
    expect(text()).toContain('贺**')
    expect(text()).toContain('移出')
  })
})
