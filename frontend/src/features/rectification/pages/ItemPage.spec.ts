import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'

import type { ItemRead } from '@/api/types'
import { button, settle, show, soon, text } from '#test/mount'
import { oneItem, pageOf } from '#test/samples'
import { server } from '#test/server'

import { itemDialogue, outgoing } from '../form/actions'
import ItemPage from './ItemPage.vue'

const ONE = '*/api/v1/rectification-items/i1'
let current: ItemRead

beforeEach(() => {
  current = { ...oneItem }
  server.use(http.get(ONE, () => HttpResponse.json(current)), http.get(`${ONE}/timeline`, () => HttpResponse.json(pageOf([]))))
})
const open = async () => {
  await show(ItemPage, { props: { id: 'i1' }, at: '/rectification/i1' })
  await soon(() => expect(text()).toContain('三个月收到 11 件。'))
}

describe('ItemPage', () => {
  it('links back to the case it came from', async () => {
    await open()
    expect([...document.querySelectorAll('a')].map((a) => a.getAttribute('href'))).toContain('/cases/c1')
  })

  it('warns that an item without evidence cannot be closed', async () => {
    await open()
    expect(text()).toContain('没有佐证的整改项不能销号')
  })

  it('does not send a plan whose measures lack an owner or a date', async () => {
    await open()
    button('报整改方案').click()
    await settle()
    document.querySelector('form.plan')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
    await settle()
    expect(text()).toContain('至少写一条措施，每条都要有责任人和日期')
  })
})

describe('the forms of an item', () => {
  const words = { t: (key: string) => key, te: () => true }
  const measures = [{ id: 'm1', seq: 1, text: '甲', owner: { id: 'p', name: '周' }, due_on: '2026-12-01', done_at: '2026-11-20T00:00:00Z', evidence: [] }, { id: 'm2', seq: 2, text: '乙', owner: { id: 'p', name: '周' }, due_on: '2026-12-01', done_at: null, evidence: [] }]
  const fields = (action: string) => itemDialogue(words, { ...oneItem, measures, progress_percent: 40 }, { action, needs_reason: false, title: '' }).fields

  it('offer only open measures as done, starting from the present percentage', () => {
    const [, , percent, done] = fields('report_progress')
    expect(percent?.initial).toBe(40)
    expect(done?.options).toEqual([{ value: 'm2', label: '乙' }])
  })

  it('ask how an item will be accepted when its plan is approved', () => {
    const { fields: asked, consequence } = itemDialogue(words, oneItem, { action: 'approve_plan', needs_reason: false, title: '' })
    expect(asked.map((f) => [f.name, f.required])).toEqual([['is_joint', undefined], ['is_public', undefined]])
    expect(consequence).toBe('rectification.consequence.approve_plan')
  })

  it('let a person sign only for a body of theirs that has not signed', () => {
    const said = (body: string, more: object) => ({ body_id: body, body, passed: null, opinion: null, signed_by_name: null, signed_at: null, is_mine: false, ...more })
    const signatures = [said('a', {}), said('b', { is_mine: true }), said('c', { is_mine: true, passed: true })]
    const acceptances = [{ id: 'x', result: 'open' as const, convened_by_name: '', convened_at: '', ended_at: null, signatures }]
    const [body] = itemDialogue(words, { ...oneItem, acceptances }, { action: 'sign_acceptance', needs_reason: false, title: '' }).fields
    expect([body?.options, body?.initial]).toEqual([[{ value: 'b', label: 'b' }], 'b'])
  })

  it('ask a reason for an action this release does not know', () => {
    const names = (reason: boolean) => itemDialogue({ ...words, te: () => false }, oneItem, { action: 'freeze', needs_reason: reason, title: '冻结' }).fields.map((f) => f.name)
    expect(names(true)).toEqual(['reason'])
    expect(names(false)).toEqual([])
  })

  it('send a day as a moment of the region', () => {
    expect(outgoing('add_evidence', { taken_at: '2026-11-20' })).toEqual({ taken_at: '2026-11-20T12:00:00+08:00' })
    expect(outgoing('verify', { conclusion: '属实' })).toEqual({ conclusion: '属实' })
  })
})
