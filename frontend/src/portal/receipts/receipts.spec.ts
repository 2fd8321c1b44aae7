import { http, HttpResponse } from 'msw'
import { describe, expect, it, vi } from 'vitest'

import { accepted, onPost, Portal, problem, RECEIPT, toReview } from '#test/portal'
import { server } from '#test/server'

import { speak } from '../speech'

function view(more: Record<string, unknown> = {}) {
  return {
    no: '2026-11-0381', title: '夜间噪声扰民', kind: 'complaint', identity: 'real_name', status: 'handling', status_text: '办理中', received_at: '2026-11-18T10:00:00+08:00', unit: '区城管局',
    promises: [{ kind: 'finish', due_at: '2099-11-26T17:30:00+08:00', provisional: false }], reply: null, rating: null, can_rate: false, can_supplement: true, can_dispute: false, dispute_until: null,
    entries: [{ at: '2026-11-18T10:00:00+08:00', title: '收到您的诉求', detail: null }], ...more,
  }
}

const replied = { status: 'replied', can_rate: true, reply: { text: '已经处理', replied_at: '2026-11-20T10:00:00+08:00' } }
const everywhere = (portal: Portal) => JSON.stringify([portal.router.currentRoute.value.fullPath, location.href, document.title, { ...sessionStorage }, { ...localStorage }, document.cookie, history.state])

async function withReceipt(): Promise<Portal> {
  const portal = await Portal.open('/submit')
  onPost('cases', () => HttpResponse.json(accepted(), { status: 201 }))
  await toReview(portal)
  await portal.press('发送')
  await portal.sees('已经收到，请保存受理凭证')
  return portal
}

async function look(portal: Portal, number = '4821 0936', secret = '7302 5518 6409 1738 2645'): Promise<void> {
  await portal.fill('number', number)
  await portal.fill('secret', secret)
  await portal.press('查看')
}

describe('the receipt', () => {
  it('is shown in groups, read digit by digit, with the promise in words', async () => {
    const portal = await withReceipt()
    expect(portal.text).toContain('4821 0936')
    expect(portal.text).toContain('7 3 0 2, 5 5 1 8')
    expect(portal.text).toContain('承办单位应在 11月26日（周四）17:30 前答复您')
  })

  it('is in no address, title, history or storage', async () => {
    const portal = await withReceipt()
    expect(everywhere(portal)).not.toMatch(/4821|7302|0936/)
    expect(portal.router.currentRoute.value.fullPath).toBe('/submit')
  })

  it('does not go away without a question, and is gone afterwards', async () => {
    const portal = await withReceipt()
    portal.router.back()
    await portal.settle()
    expect(portal.dialog?.textContent).toContain('保存好了吗')
    await portal.press('还没有，回去保存')
    expect(portal.text).toContain('4821 0936')
    void portal.press('我已经保存好了')
    await portal.settle()
    await portal.press('保存好了，离开')
    await portal.sees('有事，请告诉我们')
    portal.router.back()
    await portal.settle()
    expect(document.body.textContent).not.toContain('4821')
  })

  it('can be copied as text that the look-up reads back, and then needs no question', async () => {
    const portal = await withReceipt()
    const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    await portal.press('复制')
    const text = writeText.mock.calls[0]?.[0] ?? ''
    await portal.press('我已经保存好了')
    await portal.sees('有事，请告诉我们')
    await portal.press('查进度用受理凭证看办到哪一步、答复了什么')
    await portal.fill('number', text)
    expect((portal.page.get('#secret').element as HTMLInputElement).value).toBe('7302 5518 6409 1738 2645')
  })

  it('is forgotten when the page is put away', async () => {
    const portal = await withReceipt()
    window.dispatchEvent(new Event('pagehide'))
    await portal.settle()
    expect(document.body.textContent).not.toContain('4821')
  })
})

describe('looking up', () => {
  it('takes spaces, dashes and full-width digits', async () => {
    const portal = await Portal.open('/track')
    const sent = onPost('receipts/track', () => view())
    await look(portal, '４８２１－0936', '7302-5518-6409-1738-2645')
    await portal.sees('夜间噪声扰民')
    expect(sent[0]?.body).toEqual(RECEIPT)
    expect(portal.text).toContain('区城管局应在 2099年11月26日（周四）17:30 前答复您')
    expect(portal.text).not.toContain('已经超过期限')
    expect(everywhere(portal)).not.toMatch(/4821|7302/)
  })

  it('says how many digits are missing, and where a letter slipped in', async () => {
    const portal = await Portal.open('/track')
    await look(portal, '4821O936', '123')
    expect(portal.page.get('#number-error').text()).toContain('字母 O')
    expect(portal.page.get('#secret-error').text()).toContain('现在是 3 位')
    expect(document.activeElement?.id).toBe('number')
  })

  it('tells an unknown receipt from a lost network', async () => {
    const portal = await Portal.open('/track')
    onPost('receipts/track', (_, all) => (all.length === 1 ? problem(404, 'public.receipt_unknown') : HttpResponse.error()))
    await look(portal)
    expect(portal.text).toContain('没有找到这张凭证')
    expect(document.activeElement?.id).toBe('problem')
    await portal.press('查看')
    expect(portal.text).toContain('没有连上网')
    expect((portal.page.get('#number').element as HTMLInputElement).value).toBe('4821 0936')
  })

  it('counts down when throttled, and asks nothing meanwhile', async () => {
    const portal = await Portal.open('/track')
    const sent = onPost('receipts/track', () => problem(429, 'public.receipt_throttled', {}, { 'Retry-After': '42' }))
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] })
    await look(portal)
    expect(portal.text).toContain('请等 42 秒')
    vi.advanceTimersByTime(41_000)
    await portal.settle()
    expect(portal.text).toContain('请等 1 秒')
    await portal.press('查看')
    expect(sent).toHaveLength(1)
    expect(portal.page.get('button[type=submit]').attributes('aria-disabled')).toBe('true')
    vi.advanceTimersByTime(1_000)
    vi.useRealTimers()
    await portal.settle()
    expect(portal.text).toContain('现在可以再试了')
    await portal.press('查看')
    expect(sent).toHaveLength(2)
  })

  it('shows a fault of ours with its number', async () => {
    const portal = await Portal.open('/track')
    onPost('receipts/track', () => problem(500, 'internal'))
    await look(portal)
    expect(portal.text).toContain('系统出了故障')
    expect(portal.text).toContain('internal · r1')
  })

  it('says when a promise was not kept, and when a date is provisional', async () => {
    const portal = await Portal.open('/track')
    onPost('receipts/track', () => view({ promises: [{ kind: 'finish', due_at: '2020-01-02T17:30:00+08:00', provisional: true }] }))
    await look(portal)
    expect(portal.text).toContain('已经超过期限')
    expect(portal.text).toContain('暂定')
  })

  it('forgets the receipt on every page that does not need it', async () => {
    const portal = await Portal.open('/track')
    onPost('receipts/track', () => view())
    await look(portal)
    await portal.sees('夜间噪声扰民')
    await portal.press('群众诉求')
    portal.router.back()
    await portal.sees('查进度')
    expect((portal.page.get('#number').element as HTMLInputElement).value).toBe('')
  })

  it('opens nothing when the answer comes after the person has left', async () => {
    const portal = await Portal.open('/track')
    let answer: () => void = () => undefined
    server.use(http.post('*/api/v1/public/receipts/track', () => new Promise((resolve) => {
      answer = () => resolve(HttpResponse.json(view()))
    })))
    await portal.fill('number', '48210936')
    await portal.fill('secret', RECEIPT.secret)
    portal.page.get('button[type=submit]').element.dispatchEvent(new Event('submit', { bubbles: true }))
    await portal.router.push('/')
    answer()
    await portal.router.push('/track')
    await portal.sees('查进度')
    expect(document.body.textContent).not.toContain('夜间噪声扰民')
  })

  it('asks again in the other language', async () => {
    const portal = await Portal.open('/track')
    const sent = onPost('receipts/track', () => view())
    await look(portal)
    await portal.press('English')
    await vi.waitFor(() => expect(portal.text).toContain('The responsible unit is working on it'))
    await vi.waitFor(() => expect(sent).toHaveLength(2))
    await speak('zh-CN')
  })
})

describe('rating', () => {
  async function toRating(): Promise<Portal> {
    const portal = await Portal.open('/track')
    onPost('receipts/track', () => view(replied))
    await look(portal)
    await portal.press('评价办理结果')
    await portal.sees('您对办理结果满意吗？')
    return portal
  }

  async function judge(portal: Portal, level: string, solved: string): Promise<void> {
    await portal.choose(level)
    await portal.press('下一步')
    await portal.choose(solved)
    await portal.press('下一步')
    await portal.fill('comment', ' 喇叭停了 ')
    await portal.press('下一步')
  }

  it('asks one question a screen and sends what was reviewed', async () => {
    const portal = await toRating()
    const sent = onPost('receipts/rate', () => view({ status: 'closed', rating: { stars: 2, solved: 'partly' } }))
    await portal.press('下一步')
    expect(portal.text).toContain('请选一项')
    await judge(portal, '不满意', '解决了一部分')
    expect(portal.text).toContain('喇叭停了')
    await portal.press('提交评价')
    await portal.sees('谢谢，已经记下您的评价')
    expect(sent[0]?.body).toEqual({ ...RECEIPT, stars: 2, solved: 'partly', comment: '喇叭停了' })
    expect(portal.text).toContain('整改项督办')
  })

  it('promises no rectification for a good rating', async () => {
    const portal = await toRating()
    onPost('receipts/rate', () => view({ status: 'closed', rating: { stars: 5, solved: 'yes' } }))
    await judge(portal, '非常满意', '解决了')
    await portal.press('提交评价')
    await portal.sees('谢谢，已经记下您的评价')
    expect(portal.text).not.toContain('整改项督办')
  })

  it('repeats with the same key after a lost reply', async () => {
    const portal = await toRating()
    const sent = onPost('receipts/rate', (_, all) => (all.length === 1 ? HttpResponse.error() : view({ status: 'closed', rating: { stars: 4, solved: 'yes' } })))
    await judge(portal, '满意', '解决了')
    await portal.press('提交评价')
    expect(portal.text).toContain('不会重复计算')
    await portal.press('提交评价')
    await portal.sees('谢谢，已经记下您的评价')
    expect(sent[0]?.key).toBe(sent[1]?.key)
  })

  it('says why there is nothing to rate', async () => {
    const portal = await Portal.open('/rate')
    onPost('receipts/track', () => view())
    await look(portal)
    await portal.sees('现在还不能评价')
    await portal.press('看进度')
    await portal.sees('夜间噪声扰民')
  })

  it('shows the server’s reason when somebody has rated meanwhile', async () => {
    const portal = await toRating()
    onPost('receipts/rate', () => problem(409, 'public.not_rateable', { title: '目前不能评价：尚未答复或已评价' }))
    await judge(portal, '满意', '解决了')
    await portal.press('提交评价')
    expect(portal.text).toContain('目前不能评价')
  })
})
