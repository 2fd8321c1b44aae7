/** Columns, filters and ready views of inspections. */
import type { Filters } from '@/shared/composables/filters'
import type { View } from '@/shared/composables/views'
import type { Column, FilterField } from '@/shared/ui/types'

import { INSPECTION_STATUSES, INSPECTION_TYPES } from './labels'
import type { InspectionQuery } from './queries/inspections'

type Translate = (key: string) => string
export const FILTERS = ['status', 'type', 'unit_id', 'mine', 'plan_id', 'campaign_id'] as const

export const inspectionColumns = (t: Translate): Column[] => [
  { key: 'title', title: t('inspections.visit.column.title'), fixed: true, phone: 'title' },
  { key: 'type', title: t('inspections.visit.column.type'), width: '120px', phone: 'meta' },
  { key: 'status', title: t('inspections.visit.column.status'), width: '120px', phone: 'meta' },
  { key: 'window', title: t('inspections.visit.column.window'), width: '200px', phone: 'lead' },
  { key: 'units', title: t('inspections.visit.column.units'), width: '88px', align: 'end', phone: 'meta' },
]

export const inspectionFilters = (t: Translate): FilterField[] => [
  { name: 'type', kind: 'select', label: t('inspections.visit.column.type'), options: INSPECTION_TYPES.map((value) => ({ value, label: t(`inspections.type.${value}`) })) },
  { name: 'status', kind: 'select', label: t('inspections.visit.column.status'), options: INSPECTION_STATUSES.map((value) => ({ value, label: t(`inspections.status.${value}`) })) },
  { name: 'unit_id', kind: 'unit', label: t('inspections.visit.column.unit') },
]

export const inspectionViews = (t: Translate): View[] => [
  { id: 'all', title: t('inspections.visit.views.all'), filters: {} },
  { id: 'mine', title: t('inspections.visit.views.mine'), filters: { mine: 'true' } },
  { id: 'executing', title: t('inspections.status.executing'), filters: { status: 'executing' } },
  { id: 'confirming', title: t('inspections.status.confirming'), filters: { status: 'confirming' } },
  { id: 'closed', title: t('inspections.status.closed'), filters: { status: 'closed' } },
]

export function toQuery({ status, type, ...plain }: Filters, cursor: string | undefined): InspectionQuery {
  return { ...plain, ...(status ? { status: [status] } : {}), ...(type ? { type: [type] } : {}), ...(cursor ? { cursor } : {}) } as InspectionQuery
}
