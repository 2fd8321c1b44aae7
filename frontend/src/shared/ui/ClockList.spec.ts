import { describe, expect, it, vi } from 'vitest'

import { button, settle, show, text } from '#test/mount'
import { deadline } from '#test/samples'

import ClockList from './ClockList.vue'
import type { ClockInfo, Explanation } from './types'

const clock: ClockInfo = { id: 'k1', kind: 'finish', state: 'running', amount: 3, unit: 'working_day', basis: '办理办法 第十二条', extension_total: 0, started_at: '2026-11-20T09:00:00+08:00', due_at: deadline.due_at, stopped_at: null, lamp: 'green', deadline }
const explanation: Explanation = {
  due_at: deadline.due_at, provisional: false, paused: false, settled: false, calendar_version: 2, calendar_now: 3,
  rule: { basis: '办理办法 第十二条', amount: 3, extension_total: 0, unit: 'working_day', roll: false, version: 2, effective_from: '2026-01-01' },
  sources: [{ year: 2026, source: '国办发明电〔2025〕7号' }],
  ledger: [{ at: '2026-11-21T09:00:00+08:00', action: 'pause', amount: null, reason: '等待鉴定', file_ids: ['f1'], from_due_at: deadline.due_at, to_due_at: null }],
  days: [
    { day: '2026-11-20', verdict: 'start', number: null, minutes: null, name: '', known: true, local: false },
    { day: '2026-11-21', verdict: 'rest_day', number: null, minutes: null, name: '周六', known: true, local: false },
    { day: '2026-11-23', verdict: 'counted', number: 1, minutes: null, name: '', known: true, local: false },
  ],
}
async function unfold() {
  button('办结期限为什么是这个时间').click()
  await settle()
}

describe('ClockList', () => {
  it('says the limit, its basis, and only then asks for the days', async () => {
    const explain = vi.fn(() => Promise.resolve(explanation))
    await show(ClockList, { props: { clocks: [clock] }, lookups: { explain } })
    expect(text()).toContain('3 个工作日')
    expect(explain).not.toHaveBeenCalled()
    await unfold()
    expect(explain).toHaveBeenCalledWith('k1')
    for (const said of ['办理办法 第十二条', '第 2 版', '国办发明电〔2025〕7号', '等待鉴定', '佐证 1 份', '按第 2 版日历计算，现行第 3 版']) expect(text()).toContain(said)
    const days = [...document.querySelectorAll('.days li')].map((li) => [li.querySelector('.xn-only-read-aloud')?.textContent, li.classList.contains('counts')])
    expect(days).toEqual([['11月20日（周五） · 受理当日', false], ['11月21日（周六） · 周六', false], ['11月23日（周一） · 计入 · 第 1 天', true]])
  })

  it('says why when the days cannot be had', async () => {
    await show(ClockList, { props: { clocks: [clock] } })
    await unfold()
    expect(text()).toContain('no explanation')
  })

  it('shows a stopped clock with when it stopped and no deadline', async () => {
    await show(ClockList, { props: { clocks: [{ ...clock, state: 'stopped', stopped_at: '2026-11-21T10:00:00+08:00', lamp: 'done' }] } })
    expect(text()).toContain('已完成11月21日 10:00')
    expect(text()).not.toContain('还剩')
  })

  it('says that a stopped clock was late, and reads whole hours as such', async () => {
    await show(ClockList, { props: { clocks: [{ ...clock, amount: 1440, unit: 'minute', state: 'stopped', stopped_at: '2026-11-27T10:00:00+08:00', lamp: 'done', deadline: { ...deadline, overdue: true } }] } })
    expect(text()).toContain('已完成超期')
    expect(text()).toContain('24 小时')
  })

  it('folds away what was cancelled', async () => {
    await show(ClockList, { props: { clocks: [clock, { ...clock, id: 'k2', state: 'cancelled', lamp: 'done', deadline: { ...deadline, overdue: true } }] } })
    expect(document.querySelectorAll('details li')).toHaveLength(1)
    expect(text()).toContain('已取消的 1 项')
    expect(text()).not.toContain('超期')
  })

  it('says by how much a limit was extended', async () => {
    await show(ClockList, { props: { clocks: [{ ...clock, extension_total: 2 }] } })
    expect(text()).toContain('3 个工作日，延长 2')
  })

  it('shows a paused clock without a date', async () => {
    await show(ClockList, { props: { clocks: [{ ...clock, state: 'paused', due_at: null, lamp: 'paused', deadline: { ...deadline, paused: true, due_at: null, remaining_minutes: null, remaining_working_days: null } }] } })
    expect(text()).toContain('已暂停计时')
    expect(text()).not.toContain('11月26日')
  })
})
