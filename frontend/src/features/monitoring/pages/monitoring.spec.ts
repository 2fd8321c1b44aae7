import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import type { Schemas } from '@/api/types'
import { button, show, soon, text } from '#test/mount'
import { pageOf } from '#test/samples'
import { server } from '#test/server'

import InfosPage from './InfosPage.vue'
import MinePage from './MinePage.vue'
import PointPage from './PointPage.vue'
import PointsPage from './PointsPage.vue'

const unit = { id: 'u1', name: '区城市管理局' }
const duties: Schemas['DutyRead'][] = [
  { kind: 'report', period: '2026W48', due_at: '2026-11-30T00:00:00+08:00', done_on: null, is_missing: true },
  { kind: 'visit', period: '2026-11', due_at: '2026-12-01T00:00:00+08:00', done_on: '2026-11-12', is_missing: false },
]
const item: Schemas['PointListItem'] = { id: 'p1', no: 'JCD-2026-001', name: '云杉机械厂', type: 'enterprise', region: '高新片区', units: [unit as never], status: 'active', evaluated_year: null, rev: 3 }
const monitor: Schemas['MonitorRead'] = { id: 'm1', point_id: 'p1', point_no: item.no, point_name: item.name, name: '白云帆', phone: '13900001111', has_account: false, units: [unit as never], status: 'active', evaluated_year: null, evaluation: null, duties, available_actions: [{ action: 'report', needs_reason: false, title: '报送周报' }, { action: 'record_visit', needs_reason: false, title: '登记走访' }], rev: 3 }
const info: Schemas['InfoRead'] = { id: 'i1', no: 'JCX-2026-00001', monitor_id: 'm1', point_no: item.no, point_name: item.name, monitor_name: '白云帆', about_unit: null, title: '窗口压件', content: '材料齐全仍压件', status: 'screened', due_at: '2026-12-03T00:00:00+08:00', lamp: null, submitted_at: '2026-11-30T09:00:00+08:00', case_id: null, letter_id: null, note: null, feedback: null, fed_back_at: null, available_actions: [{ action: 'open_case', needs_reason: false, title: '转为诉求' }], rev: 2 }

describe('monitoring points', () => {
  it('show what was done of what was due', async () => {
    const rate: Schemas['DutyRate'] = { point_id: 'p1', point_no: item.no, point_name: item.name, reports_done: 3, reports_due: 4, visits_done: 0, visits_due: 0 }
    server.use(http.get('*/api/v1/monitoring-points', () => HttpResponse.json(pageOf([item]))), http.get('*/api/v1/monitoring-duties/rates', () => HttpResponse.json(pageOf([rate]))))
    await show(PointsPage)
    await soon(() => expect(text()).toContain('3 / 4'))
    expect(text()).toContain('—')
  })

  it('tell who monitors and what is missing', async () => {
    const point: Schemas['PointRead'] = { ...item, evaluation: null, appointed_on: null, removed_on: null, monitors: [monitor], duties, available_actions: [] }
    server.use(http.get('*/api/v1/monitoring-points/p1', () => HttpResponse.json(point)))
    await show(PointPage, { props: { id: 'p1' } })
    await soon(() => expect(text()).toContain('电话随访'))
    expect(text()).toContain('未完成')
  })
})

describe('information', () => {
  it('becomes a case in words that name nobody', async () => {
    server.use(http.get('*/api/v1/monitoring-infos', () => HttpResponse.json(pageOf([info]))))
    await show(InfosPage)
    await soon(() => expect(text()).toContain('云杉机械厂 · 白云帆'))
    button('转为诉求').click()
    await soon(() => expect(text()).toContain('来源只显示“监测点”'))
  })

  it('is sent from the page of the monitor, who sees what is owed', async () => {
    server.use(http.get('*/api/v1/monitors', () => HttpResponse.json(pageOf([monitor]))), http.get('*/api/v1/monitoring-infos', () => HttpResponse.json(pageOf([]))))
    await show(MinePage)
    await soon(() => expect(text()).toContain('报送周报'))
    expect(text()).toContain('还没有报送信息')
    button('报送信息').click()
    await soon(() => expect(text()).toContain('同时计为本周周报'))
  })
})
