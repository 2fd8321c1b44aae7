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

const NUMBER_THEN_SECRET = /(?:^|\D)(\d(?:[ -]?\d){7})(?![ -]?\d)\D+(\d(?:[ -]?\d){19})(?![ -]?\d)/

/** Both numbers out of a pasted receipt, with the words around them or as one run of digits; null when they are not both there. */
export function receiptIn(text: string): Receipt | null {
  const plainText = text.normalize('NFKC')
  const digits = (part: string | undefined) => (part ?? '').replace(/\D/g, '')
  const found = NUMBER_THEN_SECRET.exec(plainText)
  if (found) return { number: digits(found[1]), secret: digits(found[2]) }
  const run = typed(plainText)
  return !run.strange && run.digits.length === NUMBER_DIGITS + SECRET_DIGITS ? { number: run.digits.slice(0, NUMBER_DIGITS), secret: run.digits.slice(NUMBER_DIGITS) } : null
}
