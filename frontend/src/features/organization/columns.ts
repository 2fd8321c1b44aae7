/** The rows of the organization tree (which units are visible, how deep, in which order); columns, filters and views of people and bodies. */
import type { UnitNode } from '@/api/types'
import type { Filters } from '@/shared/composables/filters'
import type { View } from '@/shared/composables/views'
import type { Column, FilterField } from '@/shared/ui/types'

import { BODY_KINDS, BODY_ROLES, POST_ROLES } from './labels'

export interface TreeRow {
  unit: UnitNode
  depth: number
}

export function childrenOf(units: readonly UnitNode[]): Map<string | null, UnitNode[]> {
  const known = new Set(units.map((u) => u.id))
  const children = new Map<string | null, UnitNode[]>()
  for (const unit of units) {
    const parent = unit.parent_id !== null && known.has(unit.parent_id) ? unit.parent_id : null
    children.set(parent, [...(children.get(parent) ?? []), unit])
  }
  return children
}

export function ancestors(units: readonly UnitNode[], id: string): string[] {
  const byId = new Map(units.map((u) => [u.id, u]))
  const found: string[] = []
  for (let at = byId.get(id)?.parent_id; at && !found.includes(at); at = byId.get(at)?.parent_id) found.push(at)
  return found
}

function matches(units: readonly UnitNode[], text: string): Set<string> {
  const wanted = text.trim().toLowerCase()
  const hits = units.filter((u) => [u.name, u.short_name, u.code].some((word) => word.toLowerCase().includes(wanted)))
  return new Set(hits.flatMap((u) => [u.id, ...ancestors(units, u.id)]))
}

/** Open branches; with a text, the matches and the way to each of them. */
export function visibleRows(units: readonly UnitNode[], open: ReadonlySet<string>, text: string): TreeRow[] {
  const children = childrenOf(units)
  const kept = text.trim() === '' ? null : matches(units, text)
  const walk = (parent: string | null, depth: number): TreeRow[] =>
    (children.get(parent) ?? [])
      .filter((unit) => kept === null || kept.has(unit.id))
      .flatMap((unit) => [{ unit, depth }, ...(kept !== null || open.has(unit.id) ? walk(unit.id, depth + 1) : [])])
  return walk(null, 0)
}

type Translate = (key: string) => string

export const PERSON_FILTERS = ['q', 'unit_id', 'role', 'in_post'] as const
export const BODY_FILTERS = ['unit_id', 'kind', 'current'] as const
export const MEMBER_FILTERS = ['current'] as const

export const personColumns = (t: Translate): Column[] => [
  { key: 'name', title: t('organization.person'), width: '128px', fixed: true, phone: 'title' },
  { key: 'posts', title: t('organization.post'), phone: 'meta' },
  { key: 'roles', title: t('organization.field.role'), width: '168px', phone: 'meta' },
  { key: 'bodies', title: t('organization.body.title'), width: '30%', phone: 'meta' },
  { key: 'rank', title: t('organization.rank'), width: '120px', wide: 1, phone: 'hide' },
]

export const personFilters = (t: Translate): FilterField[] => [
  { name: 'unit_id', kind: 'unit', label: t('organization.field.unit') },
  { name: 'role', kind: 'select', label: t('organization.field.role'), options: [...POST_ROLES, ...BODY_ROLES].map((value) => ({ value, label: t(`organization.role.${value}`) })) },
]

export const personViews = (t: Translate): View[] => [
  { id: 'all', title: t('common.all'), filters: {} },
  { id: 'in_post', title: t('organization.views.in_post'), filters: { in_post: 'true' } },
  { id: 'no_post', title: t('organization.views.no_post'), filters: { in_post: 'false' } },
]

export const bodyColumns = (t: Translate): Column[] => [
  { key: 'name', title: t('organization.body.name'), fixed: true, phone: 'title' },
  { key: 'kind', title: t('organization.body.kind'), width: '132px', phone: 'meta' },
  { key: 'unit', title: t('organization.body.unit'), width: '200px', phone: 'meta' },
  { key: 'role', title: t('organization.field.role'), width: '160px', phone: 'meta' },
  { key: 'members', title: t('organization.body.serving'), width: '88px', align: 'end', phone: 'meta' },
  { key: 'period', title: t('organization.period'), width: '220px', wide: 1, phone: 'hide' },
]

export const bodyFilters = (t: Translate): FilterField[] => [
  { name: 'unit_id', kind: 'unit', label: t('organization.body.unit') },
  { name: 'kind', kind: 'select', label: t('organization.body.kind'), options: BODY_KINDS.map((value) => ({ value, label: t(`organization.body.kinds.${value}`) })) },
]

const sinceOrNot = (t: Translate, yes: string, no: string): View[] => [
  { id: 'all', title: t('common.all'), filters: {} },
  { id: 'current', title: t(yes), filters: { current: 'true' } },
  { id: 'past', title: t(no), filters: { current: 'false' } },
]

export const bodyViews = (t: Translate) => sinceOrNot(t, 'organization.views.existing', 'organization.views.dissolved')
export const memberViews = (t: Translate) => sinceOrNot(t, 'organization.views.serving', 'organization.views.left')

export const memberColumns = (t: Translate): Column[] => [
  { key: 'name', title: t('organization.person'), width: '128px', fixed: true, phone: 'title' },
  { key: 'duty', title: t('organization.body.duty'), phone: 'meta' },
  { key: 'home', title: t('organization.body.home'), width: '200px', phone: 'meta' },
  { key: 'period', title: t('organization.field.term'), width: '230px', phone: 'meta' },
  { key: 'standing', title: t('organization.field.standing'), width: '88px', phone: 'lead' },
  { key: 'end', title: '', width: '88px', align: 'end', phone: 'meta' },
]

const FLAGS = ['in_post', 'current']

/** The address holds texts; the API wants yes and no. */
export const toQuery = <Q>(values: Filters, cursor: string | undefined): Q =>
  ({ ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, FLAGS.includes(name) ? value === 'true' : value])), ...(cursor ? { cursor } : {}) }) as Q
