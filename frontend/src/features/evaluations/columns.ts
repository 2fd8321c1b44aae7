/** Columns and ready views of schemes. */
import type { Filters } from '@/shared/composables/filters'
import type { View } from '@/shared/composables/views'
import type { Column } from '@/shared/ui/types'

import type { SchemeQuery } from './queries'

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
