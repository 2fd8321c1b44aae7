import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { Portal } from '#test/portal'
import { server } from '#test/server'

const score = { place: 0, group_name: '部门', is_key: false, unit_id: 'u1', kind: 'unit', name: '区财政局', survey: '70.00', total: '70.00', replies: 400, rate: '40.00', unknown: 3, cells: [], rank: 2, ranked: 2, is_bottom: false, hidden: false, small: false, reweighted: false, veto: null, own: false }

describe('the published result', () => {
  it('is ranked, tells what each score rests on, and shows the hash of the box', async () => {
    const scores = [score, { ...score, place: 1, name: '区民政局', total: '91.20', rank: 1 }, { ...score, place: 2, name: '区信访局', total: null, rank: null, replies: null, rate: null, unknown: null, hidden: true }]
    server.use(http.get('*/api/v1/public/evaluations/r1/result', () => HttpResponse.json({ title: '2026年度民主评议', year: 2026, final: false, version: 1, box_hash: 'c0ffee', issued: 1000, returned: 812, rate: '81.20', published_at: '2026-11-30T09:00:00+08:00', objections_until: '2026-12-07T18:00:00+08:00', scores })))
    const portal = await Portal.open('/evaluations/r1/result')
    await portal.sees('评议结果')
    for (const words of ['发出 1000 份，收回 812 份（81.20%）', 'c0ffee', '评价不足 5 份，不显示得分']) expect(portal.page.text()).toContain(words)
    expect(portal.page.findAll('li .name').map((one) => one.text().slice(0, 4))).toEqual(['区民政局', '区财政局', '区信访局'])
  })
})
