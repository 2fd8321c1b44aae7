import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import type { Schemas } from '@/api/types'
import { button, press, settle, show, soon, text } from '#test/mount'
import { pageOf, problem } from '#test/samples'
import { server } from '#test/server'

import InstructionsPage from './InstructionsPage.vue'
import ListingPage from './ListingPage.vue'
import ListingsPage from './ListingsPage.vue'

const matter = { case_id: 'c1', case_no: 'SQ1', case_title: '路灯长期不亮', unit: { id: 'u1', name: '区城市管理局' }, lamp: 'green' as const, deadline: null, due_at: '2026-12-31T24:00:00+08:00' }
const row: Schemas['ListingListItem'] = { ...matter, id: 'l1', no: 'GP-2026-0001', leader: { id: 'p1', name: '秦望舒' }, status: 'listed', due_on: '2026-12-31', report_due_at: '2026-11-21T00:00:00+08:00', report_late: true, late_count: 2, published_at: null, available_actions: [{ action: 'publish', needs_reason: false, title: '复核并发布' }], rev: 3 }
const listing: Schemas['ListingRead'] = {
  ...row, grounds: '群众反复反映', proposed_by_name: '林可', listed_at: '2026-11-10T09:00:00+08:00', listed_by_name: '秦望舒', met_on: null, chaired_by: null, decision: null, public_title: '道路照明', public_text: '月底前修复路灯', conclusion: null, unlisted_at: null, unlisted_by_name: null,
  progress: [{ id: 'r2', text: '灯具到货', at: '2026-11-22T09:00:00+08:00', by_name: '罗知秋', is_late: true }, { id: 'r1', text: '已采购', at: '2026-11-14T09:00:00+08:00', by_name: '罗知秋', is_late: false }],
}
const task: Schemas['InstructionRead'] = {
  ...matter, id: 't1', batch_id: 'b1', text: '请会商后限期解决', grade: 'urgent', person: null, status: 'reported', given_by_name: '秦望舒', given_at: '2026-11-20T09:00:00+08:00', report_text: '已会商，方案附后', reported_by_name: '罗知秋', reported_at: '2026-11-21T09:00:00+08:00', judgement: '没有时间表', judged_by_name: '林可', returned_count: 1, ended_at: null,
  available_actions: [{ action: 'accept', needs_reason: false, title: '采纳反馈' }, { action: 'send_back', needs_reason: true, title: '退回补办' }], rev: 4,
}

function type(words: string) {
  const area = document.querySelector('textarea') as HTMLTextAreaElement
  area.value = words
  area.dispatchEvent(new Event('input'))
  press('Enter', { ctrlKey: true }, area)
}

describe('the list of major complaints', () => {
  it('says who answers and what is late, and leads to what is on record before a step', async () => {
    server.use(http.get('*/api/v1/case-listings', () => HttpResponse.json(pageOf([row]))))
    const { router } = await show(ListingsPage)
    await soon(() => expect(text()).toContain('包案 秦望舒'))
    expect(text()).toContain('周报逾期')
    expect(text()).toContain('逾期周报 2 次')
    button('复核并发布').click()
    await soon(() => expect(router.currentRoute.value.fullPath).toBe('/supervision/listings/l1?do=publish'))
  })
})

describe('a listed complaint', () => {
  const open = (subject: Partial<Schemas['ListingRead']> = {}, at = '/here') => {
    server.use(http.get('*/api/v1/case-listings/l1', () => HttpResponse.json({ ...listing, ...subject })))
    return show(ListingPage, { props: { id: 'l1' }, at })
  }

  it('shows the text nobody reads yet, every report, and which came late', async () => {
    await open()
    await soon(() => expect(text()).toContain('月底前修复路灯'))
    expect(text()).toContain('公众现在看不到')
    expect(text()).toContain('还没有定案会议记录')
    expect([...document.querySelectorAll('ol li')].map((one) => /逾期/.test(one.textContent ?? ''))).toEqual([true, false])
  })

  it('says that a conclusion waits for the approval, and then that it is public', async () => {
    const { page } = await open({ status: 'unlisting', conclusion: '路灯全部修复' })
    await soon(() => expect(text()).toContain('批准摘牌后对公众公开'))
    page.unmount()
    await open({ status: 'unlisted', conclusion: '路灯全部修复', unlisted_at: '2026-11-24T09:00:00+08:00' })
    await soon(() => expect(text()).toContain('已对公众公开'))
  })

  it('asks with the words that will be published, and with the new ones when they changed meanwhile', async () => {
    let words = '月底前修复路灯'
    server.use(
      http.get('*/api/v1/case-listings/l1', () => HttpResponse.json({ ...listing, public_text: words })),
      http.post('*/api/v1/case-listings/l1/actions/publish', () => {
        words = '下月修复路灯'
        return HttpResponse.json(problem(412, 'http.precondition_failed', '内容已被修改'), { status: 412 })
      }),
    )
    await show(ListingPage, { props: { id: 'l1' }, at: '/here?do=publish' })
    const quote = () => document.querySelector('[role=dialog] blockquote')?.textContent ?? ''
    await soon(() => expect(quote()).toContain('道路照明'))
    expect(quote()).toContain('月底前修复路灯')
    expect(text()).toContain('请确认其中没有个人信息')
    document.querySelector<HTMLButtonElement>('[role=dialog] footer .el-button--primary')?.click()
    await soon(() => expect(quote()).toContain('下月修复路灯'))
  })
})

describe('the instructions of leaders', () => {
  it('shows what was told, reported and judged, and sends the judgement with the state it was made on', async () => {
    const sent: unknown[] = []
    server.use(
      http.get('*/api/v1/case-instructions', () => HttpResponse.json(pageOf([task]))),
      http.post('*/api/v1/case-instructions/t1/actions/accept', async ({ request }) => {
        sent.push([request.headers.get('If-Match'), await request.json()])
        return HttpResponse.json({ ...task, status: 'accepted' })
      }),
    )
    await show(InstructionsPage)
    await soon(() => expect(text()).toContain('请会商后限期解决'))
    for (const words of ['急件', '已会商，方案附后', '林可：没有时间表', '退回 1 次']) expect(text()).toContain(words)
    button('采纳反馈').click()
    await settle()
    type('同意')
    await soon(() => expect(sent).toEqual([['"4"', { judgement: '同意' }]]))
  })

  it('asks nothing to be sent while neither a unit nor a person is addressed', async () => {
    server.use(http.get('*/api/v1/case-instructions', () => HttpResponse.json(pageOf([]))))
    await show(InstructionsPage, { at: '/supervision/instructions?case=c1&do=give' })
    await soon(() => expect(text()).toContain('批示给哪些单位'))
    type('请核实')
    await soon(() => expect(text()).toContain('请填写这一项'))
  })
})
