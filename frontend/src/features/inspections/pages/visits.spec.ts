import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import type { Schemas } from '@/api/types'
import { button, settle, show, soon, text } from '#test/mount'
import { pageOf } from '#test/samples'
import { server } from '#test/server'

import FieldLine from '../components/FieldLine.vue'
import { outgoing } from '../form/inspections'
import InspectionPage from './InspectionPage.vue'
import PlansPage from './PlansPage.vue'

const at = '2026-12-01T09:00:00+08:00'
const listed: Schemas['InspectionListItem'] = { id: 'i1', no: 'JC-2026-0001', title: '窗口作风检查', type: 'daily', status: 'confirming', is_secret: false, starts_on: '2026-12-01', ends_on: '2026-12-10', units_count: 1, plan_id: null, campaign_id: null }
const unit = { id: 'u1', name: '区城市管理局' }
const inspection: Schemas['InspectionRead'] = {
  ...listed, is_extract: false, scope: '各窗口', checklist_id: 'c1', checklist_title: '窗口清单', lines_count: 4, silence_confirms: true, team: [{ person: { id: 'p1', name: '韩青禾' }, is_leader: true, ground: 'drawn' }],
  units: [{ id: 'r1', unit, ground: 'drawn', status: 'visited', done_at: at, done_by_name: '韩青禾', skip_reason: null, answers_count: 4, findings_count: 1, waiting_count: 1 }],
  created_by_name: '方致远', approved_by_name: '秦望舒', shown_at: at, released_at: at, report: null, conclusion: null, closed_at: null, available_actions: [], rev: 7,
}
const deadline: Schemas['DeadlineRead'] = { kind: 'confirm', due_at: '2026-12-08T24:00:00+08:00'.replace('24:00', '23:59'), overdue: false, provisional: false, paused: false, remaining_working_days: 5, remaining_minutes: null }
const finding: Schemas['FindingListItem'] = { id: 'f1', inspection_id: 'i1', inspection_no: 'JC-2026-0001', inspection_title: '窗口作风检查', row_id: 'r1', unit, status: 'released', problem_code: 'TC301', problem_name: '为民服务意识淡漠', severity: 'ordinary', place: '一楼', facts: '态度生硬', seen_at: at, deadline, disposition: null, item_id: null, case_id: null, letter_id: null, available_actions: [{ action: 'confirm', needs_reason: false, title: '确认属实' }, { action: 'object', needs_reason: true, title: '提出异议' }], rev: 2 }
const draw: Schemas['DrawRead'] = { id: 'd1', kind: 'units', seed: '福彩 0917', count: 1, population: [{ name: 'ML17', title: '区城市管理局' }, { name: 'ML11', title: '区住建局' }], population_hash: 'abcdef0123456789ff', excluded: [{ name: 'ML18', title: '区审批局', code: 'named', reason: '正在搬迁' }], drawn: [{ name: 'ML17', title: '区城市管理局' }], repeats: true, reason: null, at, by_name: '方致远' }
const summary: Schemas['InspectionSummary'] = { units: 1, visited: 1, findings: 1, by_unit: [{ unit, count: 1 }], by_code: [{ code: 'TC301', name: '为民服务意识淡漠', count: 1 }], by_disposition: [{ disposition: null, count: 1 }], by_status: [{ status: 'released', count: 1 }], by_severity: [{ severity: 'ordinary', count: 1 }] }

function answers(subject: Schemas['InspectionRead']) {
  server.use(
    http.get('*/api/v1/inspections/i1', () => HttpResponse.json(subject)),
    http.get('*/api/v1/inspections/i1/draws', () => HttpResponse.json({ items: [draw] })),
    http.get('*/api/v1/inspections/i1/summary', () => HttpResponse.json(summary)),
    http.get('*/api/v1/inspections/i1/timeline', () => HttpResponse.json(pageOf([]))),
    http.get('*/api/v1/inspection-findings', () => HttpResponse.json(pageOf([finding]))),
  )
}

describe('an inspection', () => {
  it('shows who was drawn, from which seed, and that it can be repeated', async () => {
    answers(inspection)
    await show(InspectionPage, { props: { id: 'i1' } })
    await soon(() => expect(text()).toContain('福彩 0917'))
    expect(text()).toContain('从 2 个中抽取 1 个')
    expect(text()).toContain('已复算，结果一致')
    expect(text()).toContain('正在搬迁')
    expect(text()).toContain('清单 4／4')
  })

  it('is to a unit its own findings, confirmed or objected to here', async () => {
    const sent: unknown[] = []
    answers({ ...inspection, is_extract: true })
    server.use(http.post('*/api/v1/inspection-findings/f1/actions/object', async ({ request }) => {
      sent.push(await request.json(), request.headers.get('If-Match'))
      return HttpResponse.json({})
    }))
    await show(InspectionPage, { props: { id: 'i1' } })
    await soon(() => expect(text()).toContain('请在期限内逐条确认'))
    expect(text()).not.toContain('抽取记录')
    button('提出异议').click()
    await settle()
    const area = document.querySelector('textarea')
    if (!area) throw new Error('no field')
    area.value = '意见箱在二楼'
    area.dispatchEvent(new Event('input'))
    document.querySelector<HTMLButtonElement>('[role=dialog] footer .el-button--primary')?.click()
    await soon(() => expect(sent).toEqual([{ reason: '意见箱在二楼', file_ids: [] }, '"2"']))
  })
})

describe('a draw', () => {
  it('sends who is kept out with the reason, and nothing that was left empty', () => {
    expect(outgoing('draw_units', { count: 2, seed: '', types: [], out: ['u1'], out_reason: '搬迁', reason: null })).toEqual({ count: 2, keep_out: [{ id: 'u1', reason: '搬迁' }] })
  })
})

describe('a line that somebody else has answered', () => {
  it('shows both answers, and the person chooses', async () => {
    const line: Schemas['ChecklistLine'] = { key: 'manners', section: '形象', text: '文明用语', problem_code: null, clause: null }
    const theirs: Schemas['AnswerRead'] = { id: 'a1', item_key: 'manners', rev: 2, result: 'problem', note: '无挂牌', seen_at: at, uploaded_at: at, by_name: '沈砚秋' }
    const mine = { kind: 'answer' as const, id: 'a2', row: 'r1', clash: true, body: { id: 'a2', item_key: 'manners', result: 'ok' as const, note: null, seen_at: at, base_rev: 1 } }
    const { page } = await show(FieldLine, { props: { line, answer: theirs, draft: mine, open: true } })
    expect(text()).toContain('对方：有问题（沈砚秋')
    expect(text()).toContain('本机：合格')
    button('采用本机').click()
    button('采用对方').click()
    expect(page.emitted('choose')).toEqual([[mine, true], [mine, false]])
  })
})

describe('plans', () => {
  it('say how far they are, over the calendar of the year', async () => {
    const plan: Schemas['PlanListItem'] = { id: 'n1', title: '第四季度检查计划', kind: 'quarterly', first_on: '2026-10-01', last_on: '2026-12-31', status: 'approved', inspections_count: 2, closed_count: 1 }
    server.use(http.get('*/api/v1/inspection-plans', () => HttpResponse.json(pageOf([plan]))), http.get('*/api/v1/inspections', () => HttpResponse.json(pageOf([listed]))))
    await show(PlansPage, { permissions: ['inspection:manage', 'inspection_plan:read'] })
    await soon(() => expect(text()).toContain('已办结 1／2'))
    await soon(() => expect(document.querySelector('a[href="/inspections/i1"]')?.textContent).toContain('窗口作风检查'))
  })
})
