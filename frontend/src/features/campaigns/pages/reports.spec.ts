import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import type { Schemas } from '@/api/types'
import { button, settle, show, soon, text } from '#test/mount'
import { pageOf } from '#test/samples'
import { server } from '#test/server'

import ReportsPage from './ReportsPage.vue'

const unit = { id: 'u1', name: '区教育局' }
const row: Schemas['RollupRow'] = { duty_id: 'd1', title: '季度工作情况', period: '2026Q3', due_on: '2026-10-13', obliged: 3, on_time: 1, late: 1, missing: 1, waiting: 0, accepted: 0 }
const report: Schemas['ReportRead'] = { id: 'r1', campaign_id: 'c1', campaign_title: '“正风”行动', duty_id: 'd1', title: '季度工作情况', clause: '三', rule: 'quarter', attachments: ['实施方案', '规章制度'], unit, period: '2026Q3', period_first: '2026-07-01', period_last: '2026-09-30', due_on: '2026-10-13', deadline: null, status: 'owed', timeliness: 'missing', text: null, files: [], submitted_at: null, submitted_by_name: null, reviewed_by_name: null, return_reason: null, available_actions: [{ action: 'submit', needs_reason: false, title: '报送' }], rev: 2 }

describe('the reports of a campaign', () => {
  it('count who is in time, late and missing, and are read as one', async () => {
    const sent: unknown[] = []
    server.use(
      http.get('*/api/v1/campaigns/c1', () => HttpResponse.json({ title: '“正风”行动' })),
      http.get('*/api/v1/campaigns/c1/reports', () => HttpResponse.json({ items: [row] })),
      http.get('*/api/v1/campaign-reports', () => HttpResponse.json(pageOf([report]))),
      http.get('*/api/v1/campaigns/c1/consolidated-report', () => HttpResponse.json({ ...row, text: '【区财政局】已完成', missing_units: [unit], late_units: [] })),
      http.post('*/api/v1/campaign-reports/r1/actions/submit', async ({ request }) => {
        sent.push(await request.json())
        return HttpResponse.json(report)
      }),
    )
    await show(ReportsPage, { props: { id: 'c1' } })
    await soon(() => expect(text()).toContain('应报 3'))
    expect(text()).toContain('未报 1')
    button('汇总报告2026Q3').click()
    await soon(() => expect(text()).toContain('未报：区教育局'))
    button('报送').click()
    await settle()
    expect(text()).toContain('须附：实施方案、规章制度')
    const area = document.querySelector('textarea') as HTMLTextAreaElement
    area.value = '本季度情况'
    area.dispatchEvent(new Event('input'))
    document.querySelector<HTMLButtonElement>('[role=dialog] footer .el-button--primary')?.click()
    await soon(() => expect(sent).toHaveLength(1))
    expect(sent[0]).toMatchObject({ text: '本季度情况' })
  })
})
