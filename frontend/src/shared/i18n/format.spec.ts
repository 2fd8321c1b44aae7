import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { formatBytes, formatDay, formatExact, formatMoment, formatShort, formatWeekday, isoDay } from './format'
import { rememberLocale } from './locale'

beforeEach(() => vi.useFakeTimers({ now: new Date('2026-11-22T12:00:00+08:00'), toFake: ['Date'] }))
afterEach(() => {
  vi.useRealTimers()
  rememberLocale('zh-CN')
})

describe('dates in words', () => {
  it('say the day, the weekday and the time as people do', () => {
    expect(formatMoment('2026-11-26T17:30:00+08:00')).toBe('11月26日（周四）17:30')
    expect(formatShort('2026-11-26T17:30:00+08:00')).toBe('11月26日 17:30')
    expect(formatWeekday('2026-11-26')).toBe('11月26日（周四）')
  })

  it('name the year only when it is another one', () => {
    expect(formatDay('2027-01-04')).toBe('2027年1月4日')
    expect(formatDay('2026-01-04')).toBe('1月4日')
  })

  it('are on the region’s clock whatever the device says', () => {
    expect(formatShort('2026-11-25T16:30:00Z')).toBe('11月26日 00:30')
    expect(isoDay(new Date('2026-11-25T16:30:00Z'))).toBe('2026-11-26')
  })

  it('are exact to the second on request', () => {
    expect(formatExact('2026-11-26T09:30:05Z')).toBe('2026-11-26 17:30:05 (UTC+8)')
  })

  it('speak English when the page does', () => {
    rememberLocale('en')
    expect(formatMoment('2026-11-26T17:30:00+08:00')).toBe('Thu 26 Nov, 17:30')
    expect(formatDay('2027-01-04')).toBe('4 Jan 2027')
  })
})

describe('sizes', () => {
  it.each([[0, '0 B'], [999, '999 B'], [1834221, '1.8 MB'], [12_000_000, '12 MB']])('%d is %s', (bytes, words) => {
    expect(formatBytes(bytes)).toBe(words)
  })
})
