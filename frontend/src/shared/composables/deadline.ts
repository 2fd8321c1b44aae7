/** A deadline in words: which sentence and which number. */
import type { DeadlineInfo } from '../ui/types'

export interface DeadlineWords {
  key: string
  n: number
}

function span(prefix: 'left' | 'over', days: number, minutes: number): DeadlineWords {
  if (days >= 1) return { key: `deadline.${prefix}_days`, n: days }
  if (minutes >= 60) return { key: `deadline.${prefix}_hours`, n: Math.floor(minutes / 60) }
  return { key: `deadline.${prefix}_minutes`, n: Math.max(minutes, 1) }
}

/** Working days while there are any, then hours, then minutes; the server's `overdue` decides the side. */
export function deadlineWords(deadline: DeadlineInfo): DeadlineWords {
  if (deadline.paused) return { key: 'deadline.paused', n: 0 }
  const days = Math.abs(deadline.remaining_working_days ?? 0)
  const minutes = Math.abs(deadline.remaining_minutes ?? 0)
  return span(deadline.overdue ? 'over' : 'left', days, minutes)
}

/** How long a limit is: whole hours as such, since nobody reads 1440 minutes. */
export function limitWords(n: number, unit: string): DeadlineWords {
  const hours = unit === 'minute' && n >= 60 && n % 60 === 0
  return hours ? { key: 'clock.unit.hour', n: n / 60 } : { key: `clock.unit.${unit}`, n }
}
