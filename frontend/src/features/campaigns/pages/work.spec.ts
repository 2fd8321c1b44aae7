import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import type { Schemas } from '@/api/types'
import { button, settle, show, soon, text } from '#test/mount'
import { pageOf } from '#test/samples'
import { server } from '#test/server'

import BoardPage from './BoardPage.vue'
import PaperPage from './PaperPage.vue'
import TasksPage from './TasksPage.vue'

const unit = { id: 'u1', name: '区城市管理局' }
const stage: Schemas['BoardStage'] = { id: 's1', seq: 1, title: '安排部署阶段', clause: '第一阶段', starts_on: '2026-07-01', ends_on: '2026-07-31', self_check: false, status: 'open', overdue: false, closed_at: null, closed_by_name: null, exception_reason: null, rev: 1, total: 2, approved: 1, submitted: 0, late: 1, blocked_by: ['1 份材料未审核通过'] }
const board: Schemas['BoardRead'] = {
  campaign_id: 'c1', title: '群众办事难专项整治', stage: 1, stages: [stage], columns: [{ id: 'r1', title: '工作方案', clause: '一', due_on: '2026-07-31' }, { id: 'r2', title: '调研报告', clause: '一', due_on: '2026-07-31' }],
  rows: [{ unit, approved: 1, total: 2, cells: [{ requirement_id: 'r1', deliverable_id: 'd1', status: 'approved', overdue: false, is_late: true }, { requirement_id: 'r2', deliverable_id: 'd2', status: 'pending', overdue: true, is_late: false }] }],
}
const paper: Schemas['DeliverableRead'] = { id: 'd2', campaign_id: 'c1', campaign_title: '群众办事难专项整治', title: '调研报告', clause: '二（一）', unit, due_on: '2026-07-31', status: 'rejected', overdue: true, is_late: false, note: '初稿', files: [], submitted_at: '2026-07-20T09:00:00+08:00', submitted_by_name: '罗知秋', reviewed_at: '2026-07-21T09:00:00+08:00', reviewed_by_name: '方致远', reject_reason: '缺少数据', returned_count: 1, available_actions: [{ action: 'submit', needs_reason: false, title: '报送' }], rev: 3 }
const task: Schemas['TaskRead'] = { id: 't1', campaign_id: 'c1', campaign_title: '“正风”行动', parent_id: null, no: '16', area: '暗访追责曝光', title: '加大暗访力度', clause: '二（五）16', lead_names: ['纪检监察机关'], co_names: [], lead_unit: null, co_units: [], owner: null, section: null, named_owner: true, due_on: '2026-11-01', status: 'assigned', unanswered: true, result: null, answered_at: null, answered_by_name: null, is_late: false, return_reason: null, judged_by_name: null, handed_down: 2, handed_down_answered: 1, available_actions: [{ action: 'answer', needs_reason: false, title: '反馈结果' }], rev: 5 }

describe('the board', () => {
  it('shows what keeps the gate shut, and every cell leads to what was handed in', async () => {
    server.use(http.get('*/api/v1/campaigns/c1/board', () => HttpResponse.json(board)))
    await show(BoardPage, { props: { id: 'c1' } })
    await soon(() => expect(text()).toContain('还不能关闭本阶段'))
    for (const words of ['1 份材料未审核通过', '已审核 1/2', '逾期 1', '逾期未报', '逾期报送']) expect(text()).toContain(words)
    expect([...document.querySelectorAll('tbody a')].map((one) => one.getAttribute('href'))).toEqual(['/campaigns/deliverables/d1', '/campaigns/deliverables/d2'])
  })

  it('says what comes when nothing is owed yet', async () => {
    server.use(http.get('*/api/v1/campaigns/c1/board', () => HttpResponse.json({ ...board, rows: [], columns: [] })))
    await show(BoardPage, { props: { id: 'c1' } })
    await soon(() => expect(text()).toContain('活动启动后'))
  })
})

describe('a deliverable', () => {
  it('says why it came back and is handed in again with the state that was read', async () => {
    const sent: unknown[] = []
    server.use(
      http.get('*/api/v1/campaign-deliverables/d2', () => HttpResponse.json(paper)),
      http.post('*/api/v1/campaign-deliverables/d2/actions/submit', async ({ request }) => {
        sent.push([request.headers.get('If-Match'), await request.json()])
        return HttpResponse.json({ ...paper, status: 'submitted' })
      }),
    )
    await show(PaperPage, { props: { id: 'd2' } })
    await soon(() => expect(text()).toContain('缺少数据'))
    button('报送').click()
    await settle()
    const area = document.querySelector('textarea') as HTMLTextAreaElement
    area.value = '补充数据'
    area.dispatchEvent(new Event('input'))
    document.querySelector<HTMLButtonElement>('[role=dialog] footer .el-button--primary')?.click()
    await soon(() => expect(sent).toHaveLength(1))
    expect(sent[0]).toMatchObject(['"3"', { note: '补充数据' }])
  })
})

describe('the responsibility matrix', () => {
  it('marks what nobody answered and can show that alone', async () => {
    const asked: string[] = []
    server.use(
      http.get('*/api/v1/campaign-tasks', ({ request }) => {
        asked.push(new URL(request.url).searchParams.get('unanswered') ?? '')
        return HttpResponse.json(pageOf([task]))
      }),
    )
    await show(TasksPage, { props: { id: 'c1' } })
    await soon(() => expect(text()).toContain('加大暗访力度'))
    for (const words of ['不扯回销', '须明确负责人', '待确定', '已向下级下达 2 项，反馈 1 项']) expect(text()).toContain(words)
    document.querySelector<HTMLInputElement>('input[type=checkbox]')?.click()
    await soon(() => expect(asked).toEqual(['', 'true']))
  })
})
