import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { show } from '#test/mount'
import { deadline } from '#test/samples'

import { rememberLocale } from '../i18n/locale'
import DeadlineText from './DeadlineText.vue'
import type { DeadlineInfo } from './types'

beforeEach(() => vi.useFakeTimers({ now: new Date('2026-11-22T12:00:00+08:00'), toFake: ['Date'] }))
afterEach(() => {
  vi.useRealTimers()
  rememberLocale('zh-CN')
})

async function said(change: Partial<DeadlineInfo>, locale: 'zh-CN' | 'en' = 'zh-CN') {
  const { page } = await show(DeadlineText, { props: { deadline: { ...deadline, ...change } }, locale })
  return { words: page.get('.words').text(), when: page.get('.when').text(), title: page.get('time').attributes('title'), classes: page.get('time').classes() }
}

describe('DeadlineText', () => {
  it('says what is left in working days and when it ends', async () => {
    const { words, when, title } = await said({})
    expect(`${words} · ${when}`).toBe('还剩 2 个工作日 · 11月26日（周四）17:30')
    expect(title).toBe('2026-11-26 17:30:00 (UTC+8)')
  })

  it.each<[string, Partial<DeadlineInfo>]>([
    ['还剩 3 小时', { remaining_working_days: 0, remaining_minutes: 199 }],
    ['还剩 45 分钟', { remaining_working_days: 0, remaining_minutes: 45 }],
    ['已超 1 个工作日', { overdue: true, remaining_working_days: -1, remaining_minutes: -1500 }],
    ['已超 2 小时', { overdue: true, remaining_working_days: 0, remaining_minutes: -125 }],
    ['已超 1 分钟', { overdue: true, remaining_working_days: 0, remaining_minutes: 0 }],
    ['已暂停计时', { paused: true, overdue: true, remaining_working_days: -3 }],
  ])('says “%s”', async (words, change) => {
    expect((await said(change)).words).toBe(words)
  })

  it('is red only when overdue and not paused', async () => {
    expect((await said({})).classes).not.toContain('over')
    expect((await said({ overdue: true, remaining_working_days: -1 })).classes).toContain('over')
    expect((await said({ overdue: true, paused: true })).classes).not.toContain('over')
  })

  it('admits that a date is provisional and why', async () => {
    const { when, title } = await said({ provisional: true })
    expect(when).toContain('暂定')
    expect(title).toContain('还没有公布放假安排')
  })

  it('counts in English too', async () => {
    rememberLocale('en')
    expect((await said({ remaining_working_days: 1 }, 'en')).words).toBe('1 working day left')
    expect((await said({}, 'en')).words).toBe('2 working days left')
  })

  it('says that there is none', async () => {
    const { page } = await show(DeadlineText, { props: { deadline: null } })
    expect(page.text()).toBe('没有期限')
  })
})
