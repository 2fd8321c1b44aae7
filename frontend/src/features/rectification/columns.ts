/** Columns, filters and ready views of the ledger. */
import type { Filters } from '@/shared/composables/filters'
import type { View } from '@/shared/composables/views'
import type { Column, FilterField } from '@/shared/ui/types'

import { CLASSES, STATUSES } from './labels'
import type { InstitutionQuery, ItemQuery, ListQuery } from './queries'

type Translate = (key: string) => string

export const FILTERS = ['q', 'status', 'unit_id', 'item_class', 'overdue', 'is_mass', 'is_systemic', 'was_returned', 'due_from', 'due_to', 'progress', 'responsible_person_id', 'institution_id', 'source_type', 'source_id'] as const
export const LIST_FILTERS = [...FILTERS, 'view'] as const
export const INSTITUTION_FILTERS = ['unit_id', 'status'] as const
export const LIST_VIEWS = ['rectification', 'responsibility', 'institution'] as const
type ListView = (typeof LIST_VIEWS)[number]

export const itemColumns = (t: Translate): Column[] => [
  { key: 'lamp', title: t('rectification.column.lamp'), width: '44px', align: 'center', fixed: true, phone: 'mark' },
  { key: 'title', title: t('rectification.column.title'), fixed: true, phone: 'title' },
  { key: 'unit', title: t('rectification.column.unit'), width: '160px', phone: 'meta', filters: heads(t).unit },
  { key: 'person', title: t('rectification.column.person'), width: '116px', wide: 1, phone: 'meta' },
  { key: 'status', title: t('rectification.column.status'), width: '112px', phone: 'meta', filters: heads(t).status },
  { key: 'deadline', title: t('rectification.column.deadline'), width: '236px', sort: 'due_at', phone: 'lead', filters: heads(t).deadline },
  { key: 'progress', title: t('rectification.column.progress'), width: '128px', phone: 'meta', filters: heads(t).progress },
  { key: 'source', title: t('rectification.column.source'), width: '184px', wide: 2, phone: 'hide' },
  { key: 'returned', title: t('rectification.column.returned'), width: '84px', align: 'end', wide: 2, phone: 'hide', filters: heads(t).returned },
  { key: 'created', title: t('rectification.column.created'), width: '124px', sort: 'created_at', wide: 2, phone: 'hide' },
]

const yesNo = (t: Translate) => [{ value: 'true', label: t('common.yes') }, { value: 'false', label: t('common.no') }]
const choice = (t: Translate, name: string, options: FilterField['options']): FilterField => ({ name, kind: 'select', label: t(`rectification.filter.${name}`), options: options ?? [] })

/** The filters that stand in the heads of their columns. */
function heads(t: Translate) {
  const fields: Record<'unit' | 'status' | 'deadline' | 'progress' | 'returned', FilterField[]> = {
    unit: [{ name: 'unit_id', kind: 'unit', label: t('rectification.filter.unit') }],
    status: [choice(t, 'status', STATUSES.map((value) => ({ value, label: t(`rectification.status.${value}`) })))],
    deadline: [{ name: 'due_from', kind: 'day', label: t('rectification.filter.due_from') }, { name: 'due_to', kind: 'day', label: t('rectification.filter.due_to') }],
    progress: [choice(t, 'progress', PROGRESS.map((value) => ({ value, label: t(`rectification.progress.${value}`) })))],
    returned: [choice(t, 'was_returned', yesNo(t))],
  }
  return fields
}

const PROGRESS = ['none', 'begun', 'half', 'full'] as const
const SPANS: Record<string, { progress_from?: number; progress_to?: number }> = { none: { progress_to: 0 }, begun: { progress_from: 1, progress_to: 49 }, half: { progress_from: 50, progress_to: 99 }, full: { progress_from: 100 } }

/** All filters of the ledger; those of the column heads stand in the bar on phones only. */
export const itemFilters = (t: Translate): FilterField[] => [
  ...Object.values(heads(t)).flat().map((field): FilterField => ({ ...field, inHead: true })),
  { name: 'item_class', kind: 'select', label: t('rectification.create.class'), options: CLASSES.map((value) => ({ value, label: t(`rectification.class.${value}`) })) },
  ...(['overdue', 'is_mass', 'is_systemic'] as const).map((name) => choice(t, name, yesNo(t))),
]

/** The same for lists without filters in their heads. */
export const listFilters = (t: Translate): FilterField[] => itemFilters(t).map((field): FilterField => ({ ...field, inHead: false })).filter((field) => !['due_from', 'due_to', 'progress', 'was_returned'].includes(field.name))

const title = (t: Translate): Column => ({ key: 'title', title: t('rectification.column.title'), width: '220px', fixed: true, phone: 'title' })
const status = (t: Translate): Column => ({ key: 'status', title: t('rectification.column.status'), width: '96px', phone: 'meta' })
const deadline = (t: Translate): Column => ({ key: 'deadline', title: t('rectification.column.deadline'), width: '148px', sort: 'due_at', phone: 'lead' })

/** What each of the three lists shows of an item: what and until when, who, and which rule (S0-04). */
export function listColumns(t: Translate, view: ListView): Column[] {
  const column = (key: string, name: string, width?: string): Column => ({ key, title: t(name), ...(width ? { width } : {}), phone: 'meta' })
  if (view === 'responsibility') return [title(t), column('unit', 'rectification.detail.unit', '160px'), column('co', 'rectification.detail.co_units'), column('leader', 'rectification.detail.leader', '120px'), column('person', 'rectification.detail.person', '120px'), status(t), deadline(t)]
  if (view === 'institution') return [title(t), column('problem', 'rectification.detail.problem'), column('institution', 'rectification.detail.institution', '220px'), column('standing', 'rectification.column.standing', '96px'), column('unit', 'rectification.detail.unit', '160px'), status(t), deadline(t)]
  return [title(t), column('problem', 'rectification.detail.problem'), column('target', 'rectification.detail.target', '180px'), column('measures', 'rectification.detail.measures', '260px'), status(t), deadline(t)]
}

export const institutionColumns = (t: Translate): Column[] => [
  { key: 'title', title: t('rectification.institution.name'), fixed: true, phone: 'title' },
  { key: 'unit', title: t('rectification.institution.unit'), width: '180px', phone: 'meta' },
  { key: 'due', title: t('rectification.institution.due'), width: '150px', phone: 'lead' },
  { key: 'status', title: t('rectification.column.status'), width: '96px', phone: 'meta' },
  { key: 'doc', title: t('rectification.institution.doc_no'), width: '180px', phone: 'meta' },
  { key: 'waiting', title: t('rectification.institution.waiting'), width: '96px', align: 'end', phone: 'meta' },
  { key: 'act', title: t('rectification.institution.act'), width: '150px', phone: 'meta' },
]

export const institutionFilters = (t: Translate): FilterField[] => [
  { name: 'unit_id', kind: 'unit', label: t('rectification.institution.unit') },
  { name: 'status', kind: 'select', label: t('rectification.filter.status'), options: ['planned', 'published', 'dropped'].map((value) => ({ value, label: t(`rectification.institution.status.${value}`) })) },
]

export const ACCEPTANCE_FILTERS = ['q', 'unit_id', 'status'] as const
const ACCEPTING = ['closeout_applied', 'verified', 'accepted'] as const

export const acceptanceColumns = (t: Translate): Column[] => [
  { key: 'title', title: t('rectification.column.title'), fixed: true, phone: 'title' },
  { key: 'unit', title: t('rectification.detail.unit'), width: '180px', phone: 'meta' },
  status(t),
  { key: 'next', title: t('rectification.accepting.waits'), width: '220px', phone: 'lead' },
  { key: 'returned', title: t('rectification.column.returned'), width: '72px', align: 'end', phone: 'hide' },
  { key: 'reopened', title: t('rectification.column.reopened'), width: '72px', align: 'end', phone: 'hide' },
]

export const acceptanceFilters = (t: Translate): FilterField[] => [
  { name: 'unit_id', kind: 'unit', label: t('rectification.filter.unit') },
  { name: 'status', kind: 'select', label: t('rectification.filter.status'), options: ACCEPTING.map((value) => ({ value, label: t(`rectification.status.${value}`) })) },
]

/** Without a state chosen, everything that is on its way from the application to the closing. */
export const toAcceptanceQuery = (values: Filters, cursor: string | undefined) => ({ ...toQuery(values, 'due_at', cursor), status: values['status'] ? [values['status']] : [...ACCEPTING] }) as ItemQuery

const plain = (t: Translate, rows: readonly (readonly [string, string, string?])[]): Column[] => rows.map(([key, name, width]) => ({ key, title: t(`rectification.${name}`), ...(width ? { width } : {}), phone: key === 'no' || key === 'title' ? 'title' : 'meta' }))

export const lookBackColumns = (t: Translate): Column[] =>
  plain(t, [['no', 'back.no', '140px'], ['period', 'back.period'], ['population', 'back.population', '96px'], ['drawn', 'back.drawn_mass', '120px'], ['pending', 'back.pending', '80px'], ['rebounded', 'back.rebounded', '80px'], ['created', 'back.created', '200px']])

export const ledgerColumns = (t: Translate): Column[] =>
  plain(t, [['title', 'ledgers.file'], ['source', 'ledgers.source', '140px'], ['columns', 'ledgers.columns', '80px'], ['rows', 'ledgers.rows', '120px'], ['at', 'ledgers.at', '130px'], ['act', 'institution.act', '120px']])

export const checkColumns = (t: Translate): Column[] =>
  plain(t, [['title', 'column.title'], ['unit', 'detail.unit', '170px'], ['ground', 'back.why', '110px'], ['result', 'back.outcome', '90px'], ['finding', 'back.finding', '240px'], ['checked', 'back.checked', '180px']])

export const toInstitutionQuery = (values: Filters, cursor: string | undefined) => ({ ...values, ...(cursor ? { cursor } : {}) }) as InstitutionQuery

export const toListQuery = (values: Filters, sort: string | undefined, cursor: string | undefined) => toQuery(values, sort, cursor) as ListQuery

const FLAGS: Record<string, boolean> = { true: true, false: false }
/** What narrows a list, without where its page stands, as a body takes it. */
export const said = (query: ListQuery) => Object.fromEntries(Object.entries(query).filter(([name]) => !['cursor', 'sort', 'view', 'limit'].includes(name)).map(([name, value]) => [name, FLAGS[String(value)] ?? value]))

export const itemViews = (t: Translate): View[] => {
  const view = (id: string, filters: Filters): View => ({ id, title: t(`rectification.list.views.${id}`), filters })
  return [view('all', {}), ...(['registered', 'planned', 'rectifying', 'closeout_applied', 'verified', 'accepted', 'closed'] as const).map((status) => view(status, { status }))]
}

export function toQuery(values: Filters, sort: string | undefined, cursor: string | undefined): ItemQuery {
  const { status, progress, ...plain } = values
  return { ...plain, ...(progress ? SPANS[progress] : {}), ...(status ? { status: [status] } : {}), ...(sort ? { sort } : {}), ...(cursor ? { cursor } : {}) } as ItemQuery
}
