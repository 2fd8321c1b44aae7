/** Columns, filters and ready views of the case list. */
import type { Paths } from '@/api/types'
import type { Filters } from '@/shared/composables/filters'
import type { View } from '@/shared/composables/views'
import type { Column, FilterField } from '@/shared/ui/types'

import { CHANNELS, FLAGS, KINDS, OPEN, options, STATUSES } from './labels'

type Translate = (key: string) => string
type ListQuery = NonNullable<Paths['/api/v1/cases']['get']['parameters']['query']>
type PartQuery = NonNullable<Paths['/api/v1/case-assignments']['get']['parameters']['query']>

export const FILTERS = ['q', 'status', 'category_code', 'unit_id', 'kind', 'channel', 'flag', 'from', 'to', 'due'] as const

export const caseColumns = (t: Translate): Column[] => [
  { key: 'lamp', title: t('cases.column.lamp'), width: '44px', align: 'center', fixed: true, phone: 'mark' },
  { key: 'title', title: t('cases.column.title'), fixed: true, phone: 'title' },
  { key: 'unit', title: t('cases.column.unit'), width: '172px', phone: 'meta' },
  { key: 'status', title: t('cases.column.status'), width: '88px', phone: 'meta' },
  { key: 'deadline', title: t('cases.column.deadline'), width: '148px', sort: 'due_at', phone: 'lead' },
  { key: 'kind', title: t('cases.column.kind'), width: '76px', wide: 2, phone: 'hide' },
  { key: 'category', title: t('cases.column.category'), width: '124px', wide: 1, phone: 'hide' },
  { key: 'channel', title: t('cases.column.channel'), width: '84px', phone: 'hide' },
  { key: 'received', title: t('cases.column.received'), width: '124px', sort: 'received_at', wide: 1, phone: 'hide' },
  { key: 'stars', title: t('cases.column.stars'), width: '92px', wide: 2, phone: 'hide' },
]

export const caseFilters = (t: Translate): FilterField[] => [
  { name: 'category_code', kind: 'category', label: t('cases.filter.category') },
  { name: 'unit_id', kind: 'unit', label: t('cases.filter.unit') },
  { name: 'status', kind: 'select', label: t('cases.filter.status'), options: options(t, 'status', STATUSES) },
  { name: 'kind', kind: 'select', label: t('cases.filter.kind'), more: true, options: options(t, 'kind', KINDS) },
  { name: 'channel', kind: 'select', label: t('cases.filter.channel'), options: options(t, 'channel', CHANNELS) },
  { name: 'flag', kind: 'select', label: t('cases.filter.flag'), more: true, options: options(t, 'flag', FLAGS) },
  { name: 'from', kind: 'day', label: t('cases.filter.from'), more: true },
  { name: 'to', kind: 'day', label: t('cases.filter.to'), more: true },
]

export const caseViews = (t: Translate): View[] => {
  const view = (id: string, filters: Filters): View => ({ id, title: t(`cases.list.views.${id}`), filters })
  return [
    view('all', {}),
    ...(['registered', 'to_sign', 'handling'] as const).map((status) => view(status, { status })),
    view('soon', { due: 'soon' }),
    view('overdue', { due: 'overdue' }),
    view('doubted', { flag: 'false_closure' }),
    ...(['replied', 'closed'] as const).map((status) => view(status, { status })),
  ]
}

export const PART_FILTERS = ['part', 'status'] as const

export const partColumns = (t: Translate): Column[] => [
  { key: 'lamp', title: t('cases.column.lamp'), width: '44px', align: 'center', fixed: true, phone: 'mark' },
  { key: 'title', title: t('cases.column.title'), fixed: true, phone: 'title' },
  { key: 'part', title: t('cases.column.part'), width: '72px', phone: 'meta' },
  { key: 'unit', title: t('cases.column.unit'), width: '180px', phone: 'meta' },
  { key: 'status', title: t('cases.column.status'), width: '96px', phone: 'meta' },
  { key: 'deadline', title: t('cases.column.deadline'), width: '148px', phone: 'lead' },
  { key: 'received', title: t('cases.column.dispatched'), width: '124px', wide: 1, phone: 'hide' },
]

export const partViews = (t: Translate): View[] => [
  { id: 'all', title: t('cases.parts.views.all'), filters: {} },
  { id: 'co', title: t('cases.parts.views.co'), filters: { part: 'co' } },
  { id: 'to_sign', title: t('cases.part_status.to_sign'), filters: { status: 'to_sign' } },
  { id: 'replied', title: t('cases.part_status.replied'), filters: { status: 'replied' } },
]

/** The URL's filters of the unit's desk as the API's. */
export function toPartQuery({ part, status }: Filters, cursor: string | undefined): PartQuery {
  return { ...(part ? { part } : {}), ...(status ? { status: [status] } : {}), ...(cursor ? { cursor } : {}) } as PartQuery
}

const DAY_MS = 86_400_000

/** Days chosen in the region's zone, as the half-open span of moments the API wants. */
function received(from: string | undefined, to: string | undefined): ListQuery {
  const start = (day: string, add = 0) => new Date(new Date(`${day}T00:00:00+08:00`).getTime() + add * DAY_MS).toISOString()
  return { ...(from ? { received_from: start(from) } : {}), ...(to ? { received_before: start(to, 1) } : {}) }
}

/** Work is read by what is due first; everything else by what came last. */
export function sortOf(values: Filters, chosen: string | undefined): string {
  if (chosen) return chosen
  return values['due'] || OPEN.some((status) => status === values['status']) ? 'due_at' : '-received_at'
}

/** The URL's filters as the API's. `due` looks only at cases somebody still owes something on; what is due now the server says. */
export function toQuery(values: Filters, sort: string | undefined, cursor: string | undefined): ListQuery {
  const { from, to, status, ...plain } = values
  const states = status ? [status] : plain['due'] ? [...OPEN] : []
  return { ...plain, ...received(from, to), ...(states.length ? { status: states } : {}), sort: sortOf(values, sort), ...(cursor ? { cursor } : {}) } as ListQuery
}
