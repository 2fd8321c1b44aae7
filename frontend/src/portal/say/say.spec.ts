import { describe, expect, it } from 'vitest'

import { onPost, Portal, problem, RECEIPT } from '#test/portal'

const open = { no: '2026-11-0381', title: '夜间噪声扰民', kind: 'complaint', identity: 'real_name', status: 'handling', status_text: '', received_at: '2026-11-18T10:00:00+08:00', unit: '区城管局', promises: [], reply: null, rating: null, can_rate: false, can_supplement: true, can_dispute: false, dispute_until: null, entries: [] }
const over = { ...open, status: 'closed', can_supplement: false, can_dispute: true, dispute_until: '2026-12-03T23:59:59+08:00', rating: { stars: 4, solved: 'yes' } }

async function tracked(view: object): Promise<Portal> {
  onPost('receipts/track', () => view)
  const portal = await Portal.open('/track')
  await portal.fill('number', RECEIPT.number)
  await portal.fill('secret', RECEIPT.secret)
  await portal.press('查看')
  return portal
}

describe('what a citizen says by the receipt', () => {
  it('adds something to a case under way, with the receipt in the body only', async () => {
    const sent = onPost('receipts/supplement', () => ({ ...open, entries: [{ at: open.received_at, title: '您补充了情况', detail: '又吵了' }] }))
    const portal = await tracked(open)
    await portal.press('补充情况')
    await portal.press('发送补充')
    expect(portal.text).toContain('至少两个字')
    await portal.fill('words', ' 又吵了 ')
    await portal.press('发送补充')
    await portal.sees('已经收到您的补充')
    expect(sent[0]?.body).toEqual({ ...RECEIPT, text: '又吵了' })
    expect(portal.router.currentRoute.value.fullPath).toBe('/supplement')
    await portal.press('看进度')
    expect(portal.text).toContain('您补充了情况')
  })

  it('disputes a closed case until the day it says, and shows it handled again', async () => {
    onPost('receipts/dispute', () => ({ ...open, status: 'to_sign' }))
    const portal = await tracked(over)
    expect(portal.text).toContain('12月3日（周四）23:59 前可以提出异议')
    await portal.press('没有解决，提出异议')
    await portal.fill('words', '修好三天又坏了')
    await portal.press('提出异议，重新办理')
    await portal.sees('已经重新办理')
  })

  it('keeps the words when it is refused, and sends the same key again only for the same words', async () => {
    const sent = onPost('receipts/dispute', () => problem(409, 'public.dispute_too_late', { title: '已超过提出异议的期限，可以再反映一次' }))
    const portal = await tracked(over)
    await portal.press('没有解决，提出异议')
    await portal.fill('words', '修好三天又坏了')
    await portal.press('提出异议，重新办理')
    await portal.press('提出异议，重新办理')
    expect(portal.text).toContain('已超过提出异议的期限')
    expect(new Set(sent.map((one) => one.key)).size).toBe(1)
  })

  it('offers nothing that the server would refuse', async () => {
    const portal = await tracked({ ...over, can_dispute: false })
    expect(portal.text).not.toMatch(/提出异议|补充情况/)
  })
})
