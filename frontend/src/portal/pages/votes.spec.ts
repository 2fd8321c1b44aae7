import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { Portal } from '#test/portal'
import { server } from '#test/server'

describe('the rounds', () => {
  it('offer the ballot while they are open, the receipts once they are closed, and the draw always', async () => {
    const round = { id: 'r1', no: 'PY-2026-001', title: '2026年度民主评议', year: 2026, status: 'open' }
    server.use(http.get('*/api/v1/public/evaluations', () => HttpResponse.json({ items: [round, { ...round, id: 'r0', status: 'closed' }, { ...round, id: 'r2', status: 'published' }] })))
    const portal = await Portal.open('/evaluations')
    await portal.sees('民主评议')
    const [open, closed, out] = portal.page.findAll('article').map((one) => one.findAll('a').map((link) => link.attributes('href')))
    expect(open).toEqual(['/evaluations/r1/vote', '/evaluations/r1/draw'])
    expect(out).toContain('/evaluations/r2/result')
    expect(closed).toEqual(['/api/v1/public/evaluations/r0/receipts', '/evaluations/r0/draw'])
  })
})
