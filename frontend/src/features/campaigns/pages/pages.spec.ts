import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import type { Schemas } from '@/api/types'
import { button, settle, show, soon, text } from '#test/mount'
import { pageOf } from '#test/samples'
import { server } from '#test/server'

import CampaignPage from './CampaignPage.vue'
import CampaignsPage from './CampaignsPage.vue'
import TemplatePage from './TemplatePage.vue'
import TemplatesPage from './TemplatesPage.vue'

const stage: Schemas['StageRead'] = { id: 's1', seq: 1, title: '安排部署阶段', clause: '第一阶段', starts_on: '2026-07-01', ends_on: '2026-07-31', self_check: false, status: 'open', overdue: true, closed_at: null, closed_by_name: null, exception_reason: null, rev: 1 }
const campaign: Schemas['CampaignRead'] = {
  id: 'c1', no: 'ZX-2026-001', title: '群众办事难专项整治', theme: '群众好办事', status: 'draft', host_unit: { id: 'u0', name: '明澜区人民政府' }, starts_on: '2026-07-01', ends_on: '2026-09-30', units_count: 13, stages_count: 1, stages_closed: 0, stage, basis: '实施方案', basis_no: null, plan_file_id: null, template_code: 'hard_to_get_done', template_title: '群众办事难专项整治', parent_id: null, summary: null, closed_at: null, created_by_name: '方致远', stages: [stage],
  units: Array.from({ length: 13 }, (_, i) => ({ id: `u${String(i)}`, name: `单位${String(i)}` })), available_actions: [{ action: 'publish', needs_reason: false, title: '印发方案' }, { action: 'plan_stages', needs_reason: false, title: '调整阶段时间' }], rev: 4, updated_at: '2026-07-01T09:00:00+08:00',
}
const template: Schemas['TemplateRead'] = {
  id: 't1', code: 'twenty_tasks', version: 1, title: '“正风”行动', theme: '整治不作为', basis: '实施方案', valid_from: '2015-01-01', stages_count: 1, tasks_count: 20, deliverables_count: 0, reports_count: 1, dated: false,
  content: { code: 'twenty_tasks', title: '“正风”行动', theme: '整治不作为', level: '市级', basis: '实施方案', valid_from: '2015-01-01', problem_lists: false, bodies: [], stages: [{ title: '集中整治', clause: '二', starts: null, ends: null, days: 30, self_check: false }], deliverables: [], tasks: [{ no: '8', area: '监督', title: '办好行风热线', clause: '8', lead: ['直属机关工委'], co: [], section: null, named_owner: false }], reports: [{ rule: 'quarter', title: '季度情况', clause: '三', due: null, stage: null, attachments: [] }], catalogues: [], figures: [] },
}

describe('campaigns', () => {
  it('stand in a list with the stage each is in and whether it is late', async () => {
    server.use(http.get('*/api/v1/campaigns', () => HttpResponse.json(pageOf([campaign]))))
    await show(CampaignsPage)
    await soon(() => expect(text()).toContain('群众办事难专项整治'))
    expect(text()).toContain('安排部署阶段')
    expect(text()).toContain('已过截止日')
  })

  it('begin with one click on a template, with only what was filled in', async () => {
    const sent: unknown[] = []
    server.use(
      http.get('*/api/v1/campaign-templates', () => HttpResponse.json({ items: [template] })),
      http.post('*/api/v1/campaigns', async ({ request }) => {
        sent.push(await request.json())
        return HttpResponse.json(campaign, { status: 201 })
      }),
    )
    const { router } = await show(TemplatesPage, { permissions: ['campaign:manage'] })
    await soon(() => expect(text()).toContain('任务 20'))
    button('用这个模板建立“正风”行动').click()
    await settle()
    document.querySelector<HTMLButtonElement>('[role=dialog] footer .el-button--primary')?.click()
    await soon(() => expect(router.currentRoute.value.path).toBe('/campaigns/c1'))
    expect(sent).toEqual([{ template_code: 'twenty_tasks', title: '“正风”行动' }])
  })

  it('show a template line by line with its clauses', async () => {
    server.use(http.get('*/api/v1/campaign-templates/twenty_tasks', () => HttpResponse.json(template)))
    await show(TemplatePage, { props: { code: 'twenty_tasks' } })
    await soon(() => expect(text()).toContain('牵头 直属机关工委'))
    expect(text()).toContain('默认 30 天')
    expect(text()).toContain('每季度结束后报送')
  })

  it('show stages and units, and send the windows of all stages as one list', async () => {
    const sent: unknown[] = []
    server.use(
      http.get('*/api/v1/campaigns/c1', () => HttpResponse.json(campaign)),
      http.get('*/api/v1/campaigns/c1/timeline', () => HttpResponse.json(pageOf([]))),
      http.post('*/api/v1/campaigns/c1/actions/plan_stages', async ({ request }) => {
        sent.push([request.headers.get('If-Match'), await request.json()])
        return HttpResponse.json(campaign)
      }),
    )
    await show(CampaignPage, { props: { id: 'c1' } })
    await soon(() => expect(text()).toContain('安排部署阶段'))
    expect(text()).not.toContain('单位12')
    button('全部 13 个单位').click()
    await soon(() => expect(text()).toContain('单位12'))
    button('调整阶段时间').click()
    await settle()
    document.querySelector<HTMLButtonElement>('[role=dialog] footer .el-button--primary')?.click()
    await soon(() => expect(sent).toEqual([['"4"', { windows: [{ seq: 1, starts_on: '2026-07-01', ends_on: '2026-07-31' }] }]]))
  })
})
