/** Columns and ready views of schemes. */
import type { Filters } from '@/shared/composables/filters'
import type { View } from '@/shared/composables/views'
import type { Column, FilterField } from '@/shared/ui/types'


import { CATEGORIES } from './labels'
import type { PoolQuery, RoundQuery, SchemeQuery } from './queries'

type Translate = (key: string) => string
export const SCHEME_FILTERS = ['status'] as const

export const schemeColumns = (t: Translate): Column[] => [
  { key: 'title', title: t('evaluations.column.title'), fixed: true, phone: 'title' },
  { key: 'status', title: t('evaluations.column.status'), width: '96px', phone: 'meta' },
  { key: 'objects', title: t('evaluations.column.objects'), width: '96px', align: 'end', phone: 'meta' },
  { key: 'draw', title: t('evaluations.column.draw'), width: '96px', align: 'end', phone: 'hide' },
  { key: 'drafted', title: t('evaluations.column.drafted'), width: '120px', phone: 'hide' },
  { key: 'enacted', title: t('evaluations.column.enacted'), width: '180px', phone: 'lead' },
]

export const schemeViews = (t: Translate): View[] => [
  { id: 'all', title: t('evaluations.schemes.views.all'), filters: {} },
  { id: 'in_force', title: t('evaluations.schemes.views.in_force'), filters: { status: 'in_force' } },
  { id: 'draft', title: t('evaluations.schemes.views.draft'), filters: { status: 'draft' } },
]

export const toSchemeQuery = (values: Filters, cursor: string | undefined): SchemeQuery => ({ ...values, ...(cursor ? { cursor } : {}) }) as SchemeQuery

export const roundColumns = (t: Translate): Column[] => [
  { key: 'title', title: t('evaluations.column.round'), fixed: true, phone: 'title' },
  { key: 'status', title: t('evaluations.column.status'), width: '140px', phone: 'meta' },
  { key: 'year', title: t('evaluations.column.year'), width: '88px', phone: 'meta' },
  { key: 'scheme', title: t('evaluations.column.title'), width: '220px', phone: 'lead' },
  { key: 'by', title: t('evaluations.column.by'), width: '120px', phone: 'hide' },
]
export const toRoundQuery = (cursor: string | undefined): RoundQuery => (cursor ? { cursor } : {})

export const POOL_FILTERS = ['category', 'status'] as const
export const poolColumns = (t: Translate): Column[] => [
  { key: 'name', title: t('evaluations.column.name'), fixed: true, phone: 'title' },
  { key: 'category', title: t('evaluations.column.category'), width: '130px', phone: 'meta' },
  { key: 'phone', title: t('evaluations.column.phone'), width: '140px', phone: 'lead' },
  { key: 'employer', title: t('evaluations.column.employer'), width: '200px', phone: 'hide' },
  { key: 'status', title: t('evaluations.column.status'), width: '96px', phone: 'meta' },
  { key: 'actions', title: t('evaluations.column.actions'), width: '120px', phone: 'meta' },
]
export const poolFilters = (t: Translate): FilterField[] => [
  { name: 'category', kind: 'select', label: t('evaluations.column.category'), options: CATEGORIES.map((value) => ({ value, label: t(`evaluations.category.${value}`) })) },
  { name: 'status', kind: 'select', label: t('evaluations.column.status'), options: ['active', 'withdrawn'].map((value) => ({ value, label: t(`evaluations.person_status.${value}`) })) },
]
export const toPoolQuery = (values: Filters, cursor: string | undefined): PoolQuery => ({ ...values, ...(cursor ? { cursor } : {}) }) as PoolQuery
