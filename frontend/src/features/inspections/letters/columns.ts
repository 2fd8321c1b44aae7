/** Columns, filters and ready views of letters. */
import type { Schemas } from '@/api/types'
import type { Filters } from '@/shared/composables/filters'
import type { View } from '@/shared/composables/views'
import type { Column, FilterField, LampName, Tone } from '@/shared/ui/types'

import { TYPES } from './form'
import type { LetterQuery } from './queries'

type Translate = (key: string) => string
export const FILTERS = ['status', 'type', 'to_unit_id', 'source_type', 'source_id', 'problem_id', 'is_overdue', 'awaiting'] as const
const STATUSES: readonly Schemas['LetterStatus'][] = ['draft', 'countersigned', 'issued', 'delivered', 'received', 'plan_replied', 'result_replied', 'supplement', 'reviewed', 'closed', 'voided']
export const TONES: Record<Schemas['LetterStatus'], Tone> = { draft: 'grey', countersigned: 'blue', issued: 'accent', delivered: 'accent', received: 'accent', plan_replied: 'blue', result_replied: 'blue', supplement: 'yellow', reviewed: 'green', closed: 'green', voided: 'grey' }

/** Red when over, yellow on the last day, blue in the last three. */
export function lampOf(letter: Pick<Schemas['LetterListItem'], 'deadline' | 'is_overdue'>): LampName {
  if (letter.is_overdue) return 'red'
  if (letter.deadline === null) return 'done'
  const left = letter.deadline.remaining_working_days ?? 0
  if (left <= 1) return 'yellow'
  return left <= 3 ? 'blue' : 'green'
}

export const letterColumns = (t: Translate): Column[] => [
  { key: 'lamp', title: t('inspections.letters.column.lamp'), width: '44px', fixed: true, phone: 'mark' },
  { key: 'title', title: t('inspections.letters.column.title'), fixed: true, phone: 'title' },
  { key: 'type', title: t('inspections.letters.field.type'), width: '104px', phone: 'meta' },
  { key: 'unit', title: t('inspections.letters.field.to_unit'), width: '180px', phone: 'meta' },
  { key: 'status', title: t('inspections.letters.column.status'), width: '120px', phone: 'meta' },
  { key: 'deadline', title: t('inspections.letters.column.deadline'), width: '172px', phone: 'lead' },
  { key: 'source', title: t('inspections.letters.field.source'), width: '104px', wide: 1, phone: 'hide' },
]

export const letterFilters = (t: Translate): FilterField[] => [
  { name: 'status', kind: 'select', label: t('inspections.letters.column.status'), options: STATUSES.map((value) => ({ value, label: t(`inspections.letters.status.${value}`) })) },
  { name: 'type', kind: 'select', label: t('inspections.letters.field.type'), options: TYPES.map((value) => ({ value, label: t(`inspections.letters.type.${value}`) })) },
  { name: 'to_unit_id', kind: 'unit', label: t('inspections.letters.field.to_unit') },
]

export const letterViews = (t: Translate): View[] => [
  { id: 'all', title: t('inspections.letters.views.all'), filters: {} },
  { id: 'awaiting', title: t('inspections.letters.views.awaiting'), filters: { awaiting: 'true' } },
  { id: 'overdue', title: t('inspections.letters.views.overdue'), filters: { is_overdue: 'true' } },
  { id: 'review', title: t('inspections.letters.views.review'), filters: { status: 'result_replied' } },
]

export function toQuery({ status, ...plain }: Filters, cursor: string | undefined): LetterQuery {
  return { ...plain, ...(status ? { status: [status] } : {}), ...(cursor ? { cursor } : {}) } as LetterQuery
}
