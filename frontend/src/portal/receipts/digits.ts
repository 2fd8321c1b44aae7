/** Receipt numbers as people type, paste and read them. */
import type { Receipt } from '../shapes'

export const NUMBER_DIGITS = 8
export const SECRET_DIGITS = 20
const GROUP = 4

/** Full-width digits count; spaces, dashes and dots between groups do not. */
function plain(text: string): string {
  return text.normalize('NFKC').replace(/[\s\-‐-―·.,，。、:：]/g, '')
}

export interface Typed {
  digits: string
  /** Something is there that is no digit. */
  strange: boolean
}

export function typed(text: string): Typed {
  const rest = plain(text)
  return { digits: rest.replace(/\D/g, ''), strange: /\D/.test(rest) }
}

/** 12345678 → 1234 5678 */
export function grouped(digits: string): string {
  return digits.replace(new RegExp(`(.{${GROUP}})(?=.)`, 'g'), '$1 ')
}

/** Five groups read best as three and two, at any size of type. */
export function twoLines(digits: string): string[] {
  const groups = grouped(digits).split(' ')
  return [groups.slice(0, 3).join(' '), groups.slice(3).join(' ')]
}

/** What a screen reader should say: digit by digit, with a pause between groups. */
export function spelled(digits: string): string {
  return grouped(digits)
    .split(' ')
    .map((group) => [...group].join(' '))
    .join(', ')
}

/** Both numbers out of a pasted receipt, by its lines or as one run of digits; null when they are not both there. */
export function receiptIn(text: string): Receipt | null {
  const lines = text.normalize('NFKC').split('\n').map((line) => line.replace(/\D/g, ''))
  const secretAt = lines.findIndex((line) => line.length === SECRET_DIGITS)
  const number = lines.slice(0, Math.max(secretAt, 0)).reverse().find((line) => line.length === NUMBER_DIGITS)
  const secret = lines[secretAt]
  if (number !== undefined && secret !== undefined) return { number, secret }
  const run = lines.join('')
  return run.length === NUMBER_DIGITS + SECRET_DIGITS ? { number: run.slice(0, NUMBER_DIGITS), secret: run.slice(NUMBER_DIGITS) } : null
}
