/** The five levels of 好差评, best first, and the answers to “is it solved?”. */
import type { Solved } from '../shapes'
import { t } from '../speech'

export const LEVELS = ['5', '4', '3', '2', '1'] as const
export type Level = (typeof LEVELS)[number]

export const SOLVED = ['yes', 'partly', 'no'] as const satisfies readonly Solved[]

export function starWords(stars: number | null): string {
  const level = LEVELS.find((known) => Number(known) === stars)
  return level ? t(`portal.stars.s${level}`) : ''
}
