/** Columns, filters and ready views of the ledger. */
import type { Filters } from '@/shared/composables/filters'
import type { View } from '@/shared/composables/views'
import type { FilterField } from '@/shared/ui/SearchBar.vue'
import type { Column } from '@/shared/ui/types'

import { STATUSES } from './labels'
import type { ItemQuery } from './queries'

type Translate = (key: string) => string

export const FILTERS = ['q', 'status', 'unit_id'] as const

export const itemColumns = (t: Translate): Column[] => [
  { key: 'lamp', title: t('rectification.column.lamp'), width: '44px', align: 'center', fixed: true, phone: 'mark' },
  { key: 'title', title: t('rectification.column.title'), fixed: true, phone: 'title' },
  { key: 'unit', title: t('rectification.column.unit'), width: '180px', phone: 'meta' },
  { key: 'status', title: t('rectification.column.status'), width: '96px', phone: 'meta' },
  { key: 'deadline', title: t('rectification.column.deadline'), width: '148px', sort: 'due_at', phone: 'lead' },
  { key: 'progress', title: t('rectification.column.progress'), width: '128px', phone: 'meta' },
  { key: 'source', title: t('rectification.column.source'), width: '184px', wide: 1, phone: 'hide' },
  { key: 'returned', title: t('rectification.column.returned'), width: '64px', align: 'end', wide: 2, phone: 'hide' },
  { key: 'created', title: t('rectification.column.created'), width: '124px', sort: 'created_at', wide: 1, phone: 'hide' },
]

export const itemFilters = (t: Translate): FilterField[] => [
  { name: 'unit_id', kind: 'unit', label: t('rectification.filter.unit') },
  { name: 'status', kind: 'select', label: t('rectification.filter.status'), options: STATUSES.map((value) => ({ value, label: t(`rectification.status.${value}`) })) },
]

export const itemViews = (t: Translate): View[] => {
  const view = (id: string, filters: Filters): View => ({ id, title: t(`rectification.list.views.${id}`), filters })
  return [view('all', {}), ...(['registered', 'planned', 'rectifying', 'closeout_applied', 'verified', 'closed'] as const).map((status) => view(status, { status }))]
}

export function toQuery(values: Filters, sort: string | undefined, cursor: string | undefined): ItemQuery {
  const { status, ...plain } = values
  return { ...plain, ...(status ? { status: [status] } : {}), ...(sort ? { sort } : {}), ...(cursor ? { cursor } : {}) } as ItemQuery
}
