import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { button, settle, show, soon, text } from '#test/mount'
import { server } from '#test/server'

import type { ChangeRead, PolicyRead } from '@/api/types'

import { draftOf, isWhole, policyForm, scopes } from '../form'
import CalendarPage from './CalendarPage.vue'
import ChangePage from './ChangePage.vue'

const calendar = { year: 2027, published: false, source: null, version: 4, working_days: 260, windows: [{ opens: '08:30', closes: '12:00' }], hours: [], days: [{ day: '2027-05-20', is_working_day: false, name: '县庆', local: true, windows: null }] }
const change: ChangeRead = {
  id: 'c1', kind: 'local_days', state: 'ready', title: '2027 年地方性休息', reason: '县里的决定', days_changed: 1, published: [], unpublished: [], policy_id: null, later: 1, earlier: 2, moved: 0, kept: 0, approve_earlier: false, outdated: false, may_sign_earlier: true,
  drafted_name: '甲', created_at: '2026-11-23T10:00:00+08:00', signed_name: null, signed_at: null, done_at: null, rev: 2,
}
const move = { clock_id: 'k1', subject_type: 'case', subject_id: 's1', kind: 'finish', unit_id: null, amount: 5, unit: 'working_day', from_due_at: '2026-11-30T17:30:00+08:00', to_due_at: '2026-11-27T17:30:00+08:00', shift_minutes: -4320 }
const policy: PolicyRead = {
  id: 'p1', code: 'case.request.normal', kind: 'finish', scope: '*', version: 1, state: 'in_force', holds: true, effective_from: '2004-01-01', amount: 5, unit: 'working_day', roll: false, ends_at: 'business_close', start_rule: 'receipt', basis: '五个工作日', blue_days: 3, yellow_days: 1, blue_percent: 50, yellow_percent: 80,
  escalate_after: [1, 3], max_pauses: 2, max_paused_days: 60, max_extensions: 1, max_extension: 5, max_returns: null, return_within: null, return_unit: null, max_redos: 2, notice_from: '08:00', notice_to: '21:00', reason: null, decided_at: null, rev: 1,
}

function answer(changed: Partial<ChangeRead> = {}) {
  server.use(
    http.get('*/api/v1/worktime/calendar', () => HttpResponse.json(calendar)),
    http.get('*/api/v1/worktime/changes/c1', () => HttpResponse.json({ ...change, ...changed })),
    http.get('*/api/v1/worktime/changes/c1/moves', () => HttpResponse.json({ items: [move], next_cursor: null, prev_cursor: null, total: 1, total_is_exact: true })),
  )
}

describe('the calendar', () => {
  it('says that a year is not published, and what is special about a day', async () => {
    answer()
    await show(CalendarPage, { at: '/worktime/calendar?year=2027' })
    await soon(() => expect(text()).toContain('放假安排尚未公布'))
    expect(document.querySelectorAll('.month')).toHaveLength(12)
    expect(text()).toContain('5月20日（周四） · 县庆 · 放假 · 本地规定'.replace('5月', '2027年5月'))
    expect(() => button('导入放假安排')).toThrow()
  })
})

describe('a change', () => {
  const permissions = ['time_rules:read', 'time_rules:sign']

  it('lists each limit with both ends, and asks a second person about earlier ones', async () => {
    answer()
    const bodies: unknown[] = []
    server.use(http.post('*/api/v1/worktime/changes/c1/actions/sign', async ({ request }) => {
      bodies.push(await request.json())
      return HttpResponse.json({ ...change, state: 'applying' })
    }))
    await show(ChangePage, { props: { id: 'c1' }, permissions })
    await soon(() => expect(text()).toContain('提前 3 天'))
    expect(text()).toContain('有 2 件期限会提前')
    button('签发').click()
    await settle()
    expect(text()).toContain('同意这些期限提前')
  })

  it('tells the drafter that earlier dates wait for somebody else', async () => {
    answer({ may_sign_earlier: false })
    await show(ChangePage, { props: { id: 'c1' }, permissions })
    await soon(() => expect(text()).toContain('提前 3 天'))
    button('签发').click()
    await settle()
    expect(text()).toContain('须由其他人审批签发')
    expect(text()).not.toContain('同意这些期限提前')
  })

  it('is not signed on an outdated preview', async () => {
    answer({ outdated: true })
    await show(ChangePage, { props: { id: 'c1' }, permissions })
    await soon(() => expect(text()).toContain('请重新预览'))
    expect(button('签发').disabled).toBe(true)
  })
})

describe('the form of a policy', () => {
  it('keeps what it does not ask, and takes an empty count for no limit', () => {
    const form = { ...policyForm(policy), effective_from: '2027-01-01', amount: '7', max_pauses: '', reason: '本区规定' }
    expect(isWhole(form)).toBe(true)
    expect(draftOf(policy, form)).toMatchObject({ code: policy.code, amount: 7, max_pauses: null, max_extension: 5, escalate_after: [1, 3], ends_at: 'business_close', notice_from: '08:00' })
  })

  it('asks for percents, the window of returns and the channel', () => {
    const asked = { ...policyForm(policy), effective_from: '2027-01-01', reason: '本区规定', scope: 'channel.green_channel', blue_percent: '40', return_within: '4', return_unit: 'work_hour' as const }
    expect(scopes(policy)).toContain(asked.scope)
    expect(draftOf(policy, asked)).toMatchObject({ scope: 'channel.green_channel', blue_percent: 40, yellow_percent: 80, return_within: 4, return_unit: 'work_hour' })
    expect(draftOf(policy, { ...asked, return_within: '' })).toMatchObject({ return_within: null, return_unit: null })
    expect(isWhole({ ...asked, return_within: '0' })).toBe(false)
  })

  it('waits for the date, the basis and the reason', () => {
    expect(isWhole(policyForm(policy))).toBe(false)
    expect(isWhole({ ...policyForm(policy), effective_from: '2027-01-01', reason: '本区规定', amount: 'x' })).toBe(false)
  })
})
