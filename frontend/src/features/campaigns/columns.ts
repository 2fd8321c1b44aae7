/** Columns, filters and ready views of campaigns. */
import type { Filters } from '@/shared/composables/filters'
import type { View } from '@/shared/composables/views'
import type { Column, FilterField } from '@/shared/ui/types'

import { CAMPAIGN_STATUSES } from './labels'
import type { CampaignQuery } from './queries'

type Translate = (key: string) => string
export const FILTERS = ['status', 'host_unit_id'] as const

export const campaignColumns = (t: Translate): Column[] => [
  { key: 'title', title: t('campaigns.column.title'), fixed: true, phone: 'title' },
  { key: 'status', title: t('campaigns.column.status'), width: '96px', phone: 'meta' },
  { key: 'stage', title: t('campaigns.column.stage'), width: '260px', phone: 'meta' },
  { key: 'window', title: t('campaigns.column.window'), width: '200px', phone: 'lead' },
  { key: 'units', title: t('campaigns.column.units'), width: '88px', align: 'end', phone: 'meta' },
  { key: 'host', title: t('campaigns.column.host'), width: '180px', wide: 1, phone: 'hide' },
]

export const campaignFilters = (t: Translate): FilterField[] => [
  { name: 'status', kind: 'select', label: t('campaigns.column.status'), options: CAMPAIGN_STATUSES.map((value) => ({ value, label: t(`campaigns.status.${value}`) })) },
  { name: 'host_unit_id', kind: 'unit', label: t('campaigns.column.host') },
]

export const campaignViews = (t: Translate): View[] => [
  { id: 'all', title: t('campaigns.list.views.all'), filters: {} },
  { id: 'running', title: t('campaigns.list.views.running'), filters: { status: 'running' } },
  { id: 'draft', title: t('campaigns.list.views.draft'), filters: { status: 'draft' } },
  { id: 'over', title: t('campaigns.list.views.over'), filters: { status: 'closed' } },
]

export function toQuery({ status, ...plain }: Filters, cursor: string | undefined): CampaignQuery {
  return { ...plain, ...(status ? { status: [status] } : {}), ...(cursor ? { cursor } : {}) } as CampaignQuery
}
