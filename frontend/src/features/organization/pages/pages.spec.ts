import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { button, show, soon, text } from '#test/mount'
import { pageOf, problem } from '#test/samples'
import { server } from '#test/server'
import type { MemberRead, PersonRead } from '@/api/types'

import { editOf } from '../form'
import { standingOf } from '../labels'
import BodyPage from './BodyPage.vue'
import PeoplePage from './PeoplePage.vue'
import PersonPage from './PersonPage.vue'

const unit = { id: 'u1', name: '柳溪镇' }
const post = { id: 'a1', unit, title: '主任', section: null, role: 'ULN' as const, is_deputy_in_charge: false, valid_from: '2024-07-01', valid_to: null, rev: 3 }
const person: PersonRead = {
  id: 'p1', name: '沈一鸣', phone_masked: '139****5678', is_mid_level: false, rank_level: '一级科员', duties_public: null, rev: 5, created_at: '2026-01-01T09:00:00+08:00', updated_at: '2026-01-01T09:00:00+08:00',
  posts: [post, { ...post, id: 'a0', title: '科员', role: 'HDL', valid_from: '2020-01-01', valid_to: '2024-06-30' }],
  services: [{ id: 's1', body_id: 'b1', name: '明察暗访组', duty: null, seconded: true, role: 'INS', home_unit: unit, valid_from: '2026-01-01', valid_to: '2999-12-31', rev: 1 }],
}
const member: MemberRead = { id: 'm1', body_id: 'b1', person: { id: 'p1', name: '沈一鸣' }, duty: '组员', seconded: true, home_unit: unit, valid_from: '2026-01-01', valid_to: '2999-12-31', rev: 2 }
const body = { id: 'b1', unit: { id: 'u0', name: '青禾县' }, kind: 'working_group', name: '明察暗访组', role: 'INS', valid_from: '2026-01-01', valid_to: null, members_count: 1, rev: 1, created_at: '2026-01-01T09:00:00+08:00', updated_at: '2026-01-01T09:00:00+08:00' }

const absence = { leaves: [{ id: 'l1', person_id: 'p1', first_day: '2026-11-25', last_day: '2026-11-27', reason: '年休假', recorded_by: '某某', back_at: null, rev: 1 }], substitutes: [] }

function answer() {
  server.use(
    http.get('*/api/v1/people/p1/absence', () => HttpResponse.json(absence)),
    http.get('*/api/v1/people/p1', () => HttpResponse.json(person)), http.get('*/api/v1/people/p1/timeline', () => HttpResponse.json(pageOf([]))),
    http.get('*/api/v1/bodies/b1', () => HttpResponse.json(body)), http.get('*/api/v1/bodies/b1/members', () => HttpResponse.json(pageOf([member]))), http.get('*/api/v1/bodies/b1/timeline', () => HttpResponse.json(pageOf([]))),
  )
}

describe('a person', () => {
  it('says who is away, who stands in, and lets the unit record it', async () => {
    answer()
    await show(PersonPage, { props: { id: 'p1' }, permissions: ['leave:record'] })
    await soon(() => expect(text()).toContain('年休假'))
    expect(text()).toContain('请假中')
    button('登记请假').click()
    await soon(() => expect(text()).toContain('未办完的诉求转给 B 岗'))
  })

  it('shows posts with their days, and ends the one that was picked at its own revision', async () => {
    answer()
    const sent: unknown[] = []
    server.use(http.post('*/api/v1/appointments/a1/actions/end', async ({ request }) => {
      sent.push(request.headers.get('If-Match'), await request.json())
      return HttpResponse.json(post)
    }))
    await show(PersonPage, { props: { id: 'p1' }, permissions: ['role:grant'] })
    await soon(() => expect(text()).toContain('2020年1月1日 至 2024年6月30日'))
    expect(text()).toContain('抽调自柳溪镇')
    button('免职').click()
    await soon(() => expect(text()).toContain('只能提前，不能推后'))
    const reason = document.querySelector<HTMLInputElement>('.el-dialog input[aria-label="理由"]') as HTMLInputElement
    reason.value = '轮岗'
    reason.dispatchEvent(new Event('input'))
    ;[...document.querySelectorAll<HTMLButtonElement>('.el-dialog__footer button')].at(-1)?.click()
    await soon(() => expect(sent).toHaveLength(2))
    expect(sent).toEqual(['"3"', { valid_to: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string, reason: '轮岗' }])
  })

  it('offers no change to somebody who only reads', async () => {
    answer()
    await show(PersonPage, { props: { id: 'p1' } })
    await soon(() => expect(text()).toContain('主任'))
    expect([...document.querySelectorAll('button')].map((b) => b.textContent.trim())).toEqual([])
  })

  it('clears what was emptied and keeps the telephone that nobody sees', () => {
    expect(editOf(person, { name: '沈一鸣', reason: '更正' })).toEqual({ name: '沈一鸣', reason: '更正', rank_level: null })
    expect(editOf(person, { rank_level: '二级科员' })).toEqual({ rank_level: '二级科员' })
  })

  it('stands to today by the days of a term, both included', () => {
    const at = (valid_from: string, valid_to: string | null) => standingOf({ valid_from, valid_to }, '2026-11-25')
    expect([at('2026-11-25', null), at('2026-11-26', null), at('2026-01-01', '2026-11-25'), at('2026-01-01', '2026-11-24')]).toEqual(['current', 'coming', 'current', 'past'])
  })
})

describe('the directory', () => {
  it('asks for what the address says and says so when there is nobody', async () => {
    const asked: string[] = []
    server.use(http.get('*/api/v1/people', ({ request }) => {
      asked.push(new URL(request.url).search)
      return HttpResponse.json(pageOf([]))
    }))
    await show(PeoplePage, { at: '/people?unit_id=u1&in_post=false', permissions: [] })
    await soon(() => expect(text()).toContain('没有符合条件的记录'))
    expect(asked).toEqual(['?limit=20&with_total=true&unit_id=u1&in_post=false'])
    expect(text()).not.toContain('登记人员')
  })
})

describe('a body', () => {
  it('shows who serves until when, and stays readable when the members fail', async () => {
    answer()
    await show(BodyPage, { props: { id: 'b1' } })
    await soon(() => expect(text()).toContain('2999年12月31日'))
    server.use(http.get('*/api/v1/bodies/b1/members', () => HttpResponse.json(problem(503, 'x', '系统正忙'), { status: 503 })))
    await show(BodyPage, { props: { id: 'b1' } })
    await soon(() => expect(text()).toContain('系统正忙'))
    expect(text()).toContain('明察暗访组')
  })
})
