import { describe, expect, it, vi } from 'vitest'

import { settle, show, text } from '#test/mount'
import { deadline } from '#test/samples'

import ClockList from './ClockList.vue'
import type { ClockInfo, Explanation } from './types'

const clock: ClockInfo = { id: 'k1', kind: 'finish', state: 'running', amount: 3, unit: 'working_day', basis: '办理办法 第十二条', extension_total: 0, started_at: '2026-11-20T09:00:00+08:00', due_at: deadline.due_at, stopped_at: null, lamp: 'green', deadline }
const explanation: Explanation = {
  due_at: deadline.due_at, provisional: false,
  days: [
    { day: '2026-11-20', verdict: 'start', number: null, minutes: null, name: '', known: true },
    { day: '2026-11-21', verdict: 'rest_day', number: null, minutes: null, name: '周六', known: true },
    { day: '2026-11-23', verdict: 'counted', number: 1, minutes: null, name: '', known: true },
  ],
}
async function unfold() {
  const details = document.querySelector('details') as HTMLDetailsElement
  details.open = true
  details.dispatchEvent(new Event('toggle'))
  await settle()
}

describe('ClockList', () => {
  it('says the limit, its basis, and only then asks for the days', async () => {
    const explain = vi.fn(() => Promise.resolve(explanation))
    await show(ClockList, { props: { clocks: [clock] }, lookups: { explain } })
    expect(text()).toContain('3 个工作日')
    expect(text()).toContain('办理办法 第十二条')
    expect(explain).not.toHaveBeenCalled()
    await unfold()
    expect(explain).toHaveBeenCalledWith('k1')
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

  it('shows a paused clock without a date', async () => {
    await show(ClockList, { props: { clocks: [{ ...clock, state: 'paused', due_at: null, lamp: 'paused', deadline: { ...deadline, paused: true, due_at: null, remaining_minutes: null, remaining_working_days: null } }] } })
    expect(text()).toContain('已暂停计时')
    expect(text()).not.toContain('11月26日')
  })
})
