/**
 * Dates and numbers as people say them, always in the region's zone: the office's clock counts, not the device's.
 */
import { currentLocale } from './locale'

const ZONE = 'Asia/Shanghai'

interface Parts {
  year: string
  month: string
  day: string
  hour: string
  minute: string
  second: string
  weekday: string
}

const makers = new Map<string, Intl.DateTimeFormat>()

function maker(locale: string): Intl.DateTimeFormat {
  const known = makers.get(locale)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale, { timeZone: ZONE, year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', weekday: 'short', hourCycle: 'h23' })
  makers.set(locale, made)
  return made
}

function split(at: Date, locale: string): Parts {
  return Object.fromEntries(maker(locale).formatToParts(at).map((p) => [p.type, p.value])) as unknown as Parts
}

/** A date-only value means that day in the region, not midnight in London. */
function moment(value: string): Date {
  return new Date(/^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00:00+08:00` : value)
}

/** The region keeps one offset all year. */
function regional(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString()
}

function chinese(p: Parts): boolean {
  return currentLocale() === 'zh-CN' && p.year !== ''
}

function dayWords(p: Parts, thisYear: string): string {
  if (chinese(p)) return `${p.year === thisYear ? '' : `${p.year}年`}${p.month.replace('月', '')}月${p.day}日`
  return `${p.day} ${p.month}${p.year === thisYear ? '' : ` ${p.year}`}`
}

function read(value: string): { p: Parts; thisYear: string } {
  const locale = currentLocale() === 'zh-CN' ? 'zh-CN' : 'en-GB'
  return { p: split(moment(value), locale), thisYear: split(new Date(), locale).year }
}

/** 11月26日, with the year when it is not this year. */
export function formatDay(value: string): string {
  const { p, thisYear } = read(value)
  return dayWords(p, thisYear)
}

/** 11月26日（周四） */
export function formatWeekday(value: string): string {
  const { p, thisYear } = read(value)
  return chinese(p) ? `${dayWords(p, thisYear)}（${p.weekday}）` : `${p.weekday} ${dayWords(p, thisYear)}`
}

/** 17:30 */
export function formatTime(value: string): string {
  const { p } = read(value)
  return `${p.hour}:${p.minute}`
}

/** 11月26日（周四）17:30 */
export function formatMoment(value: string): string {
  const space = currentLocale() === 'zh-CN' ? '' : ', '
  return `${formatWeekday(value)}${space}${formatTime(value)}`
}

/** 11月26日 17:30, for lists where the weekday is noise. */
export function formatShort(value: string): string {
  return `${formatDay(value)} ${formatTime(value)}`
}

/** 2026-11-26 17:30:00 (UTC+8): what a lawyer wants; shown on hover and in print. */
export function formatExact(value: string): string {
  return `${regional(moment(value)).slice(0, 19).replace('T', ' ')} (UTC+8)`
}

/** The day in the region as YYYY-MM-DD. */
export function isoDay(value: Date): string {
  return regional(value).slice(0, 10)
}

export function formatNumber(value: number): string {
  return new Intl.NumberFormat(currentLocale()).format(value)
}

/** 1.4 MB */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB']
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1)
  const value = bytes / 1000 ** power
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)} ${units[power]}`
}
