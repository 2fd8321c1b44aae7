import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { Portal, problem } from '#test/portal'
import { server } from '#test/server'

const LISTINGS = '*/api/v1/public/listings'
const running = { no: 'GP-2026-0001', title: '道路照明', text: '月底前修复路灯', unit: '区城市管理局', leader: '秦望舒', due_on: '2026-12-31', listed_on: '2026-11-10', reports: 3, late_reports: 1, settled: false, conclusion: null, unlisted_on: null }

describe('the public list', () => {
  it('says who answers, what came late, and what came of it', async () => {
    const settled = { ...running, no: 'GP-2026-0002', title: '井盖', late_reports: 0, settled: true, conclusion: '全部补齐', unlisted_on: '2026-11-20' }
    server.use(http.get(LISTINGS, () => HttpResponse.json({ items: [running, settled] })))
    const portal = await Portal.open('/listed')
    await portal.sees('重大投诉挂牌督办')
    const [first, second] = portal.page.findAll('article').map((one) => one.text())
    for (const words of ['挂牌督办中', '秦望舒', '区城市管理局', '3 次，其中 1 次没有按时']) expect(first).toContain(words)
    expect(first).not.toContain('结论')
    expect(second).toContain('已摘牌')
    expect(second).toContain('全部补齐')
    expect(second).not.toContain('没有按时')
  })

  it('says so when nothing is listed, and tries again after a failure', async () => {
    let broken = true
    server.use(http.get(LISTINGS, () => (broken ? problem(503, 'http.unavailable') : HttpResponse.json({ items: [] }))))
    const portal = await Portal.open('/listed')
    await portal.sees('重大投诉挂牌督办')
    broken = false
    await portal.press('再试一次')
    expect(portal.text).toContain('目前没有挂牌的投诉')
  })
})
