/** The scheme as the editor holds it, and what steps ask. */
import type { Schemas } from '@/api/types'
import type { Answers } from '@/shared/composables/answers'
import type { ActionInfo, Dialogue, Field } from '@/shared/ui/types'

import { CATEGORIES } from './labels'

interface Words {
  t: (key: string, values?: Record<string, unknown>) => string
  te: (key: string) => boolean
}
type Sent = Schemas['SchemeContent']
type Filled<T> = T extends (infer One)[] ? Filled<One>[] : T extends object ? { [K in keyof T]-?: Filled<Exclude<T[K], undefined>> } : T
/** A scheme as it comes back: every default is filled in. */
export type Content = Filled<Sent>

interface Other {
  unit_id: string | null
  kind: Schemas['ObjectKind']
  name: string
}
export interface DraftGroup {
  name: string
  is_key: boolean
  units: string[]
  others: Other[]
}
interface Weighed {
  name: string
  weight: string
}
export interface Draft {
  title: string
  groups: DraftGroup[]
  raters: { category: Schemas['RaterCategory']; weight: string; quota: string }[]
  indicators: Weighed[]
  options: { name: string; score: string }[]
  figures: Record<Figure, string>
  lineage: boolean
  vetoes: string
}
export const FIGURES = ['survey', 'monthly', 'work', 'trim', 'turnout', 'draw_size', 'pool_minimum', 'min_sample', 'bottom', 'bottom_off_at'] as const
type Figure = (typeof FIGURES)[number]
const COUNTS: readonly Figure[] = ['draw_size', 'pool_minimum', 'min_sample', 'bottom', 'bottom_off_at']

/** What a new scheme begins with: the usual answers, groups of judges and figures (domain §2.7, §3.12). */
export const blank = (t: Words['t']): Draft => ({
  title: '',
  groups: [{ name: '', is_key: false, units: [], others: [] }],
  raters: [{ category: 'service_user', weight: '50', quota: '' }, { category: 'supervisor', weight: '25', quota: '' }, { category: 'resident', weight: '25', quota: '' }],
  indicators: [{ name: '', weight: '100' }],
  options: [['good', '100'], ['fair', '80'], ['plain', '60'], ['bad', '40'], ['unknown', '']].map(([key, score]) => ({ name: t(`evaluations.usual.${key ?? ''}`), score: score ?? '' })),
  figures: { survey: '70', monthly: '0', work: '30', trim: '0', turnout: '50', draw_size: '1000', pool_minimum: '3000', min_sample: '30', bottom: '3', bottom_off_at: '5' },
  lineage: true,
  vetoes: '',
})

export function draftOf(title: string, sent: Sent): Draft {
  const content = sent as Content
  return {
    title,
    groups: content.groups.map((group) => ({
      name: group.name,
      is_key: group.is_key,
      units: group.objects.filter(({ kind }) => kind === 'unit').map(({ unit_id }) => unit_id),
      others: group.objects.filter(({ kind }) => kind !== 'unit'),
    })),
    raters: content.raters.map((one) => ({ category: one.category, weight: String(one.weight), quota: one.quota === null ? '' : String(one.quota) })),
    indicators: content.indicators.map((one) => ({ name: one.name, weight: String(one.weight) })),
    options: content.options.map((one) => ({ name: one.name, score: one.score === null ? '' : String(one.score) })),
    figures: Object.fromEntries(FIGURES.map((name) => [name, String(content[name])])) as Draft['figures'],
    lineage: content.inherits_by_lineage,
    vetoes: content.vetoes.join('\n'),
  }
}

/** The draft as the API takes it; whole units are called by their name. */
export function contentOf(draft: Draft, names: Record<string, string>): Sent {
  return {
    groups: draft.groups.map(({ name, is_key, units, others }) => ({
      name,
      is_key,
      objects: [...units.map((unit) => ({ unit_id: unit, kind: 'unit' as const, name: names[unit] ?? unit })), ...others.map((one) => ({ ...one, unit_id: one.unit_id ?? '' }))],
    })),
    raters: draft.raters.map(({ category, weight, quota }) => ({ category, weight, quota: quota === '' ? null : Number(quota) })),
    indicators: draft.indicators,
    options: draft.options.map(({ name, score }) => ({ name, score: score === '' ? null : score })),
    ...(Object.fromEntries(FIGURES.map((name) => [name, COUNTS.includes(name) ? Number(draft.figures[name]) : draft.figures[name]])) as Omit<Sent, 'groups' | 'raters' | 'indicators' | 'options'>),
    inherits_by_lineage: draft.lineage,
    vetoes: draft.vetoes.split('\n').map((line) => line.trim()).filter(Boolean),
  }
}

/** A sum of weights in hundredths, so that 33.33 + 66.67 is 100. */
export const sum = (weights: readonly string[]): number => weights.reduce((total, weight) => total + Math.round(Number(weight) * 100), 0) / 100

export function stepTitle({ t, te }: Words, action: ActionInfo): string {
  const key = `evaluations.action.${action.action}`
  return te(key) ? t(key) : action.title
}

const reason = (t: Words['t']): Field => ({ name: 'reason', kind: 'textarea', label: t('evaluations.field.reason'), required: true })
const commit = (t: Words['t']): Field[] => [
  { name: 'entropy_source', kind: 'text', label: t('evaluations.field.entropy_source'), required: true, help: t('evaluations.field.entropy_source_help'), placeholder: t('evaluations.field.entropy_source_like') },
  { name: 'entropy_on', kind: 'date', label: t('evaluations.field.entropy_on'), required: true },
]
const ASKED: Record<string, (t: Words['t']) => Field[]> = {
  freeze_pool: commit,
  redraw: (t) => [reason(t), ...commit(t)],
  draw: (t) => [{ name: 'entropy', kind: 'text', label: t('evaluations.field.entropy'), required: true, help: t('evaluations.field.entropy_help') }],
  replace: (t) => [{ name: 'label', kind: 'text', label: t('evaluations.field.label'), required: true }, reason(t)],
  add_person: (t) => [
    { name: 'category', kind: 'select', label: t('evaluations.column.category'), required: true, options: CATEGORIES.map((value) => ({ value, label: t(`evaluations.category.${value}`) })) },
    { name: 'name', kind: 'text', label: t('evaluations.column.name'), required: true },
    { name: 'phone', kind: 'text', label: t('evaluations.column.phone'), required: true },
    { name: 'identity', kind: 'text', label: t('evaluations.field.identity'), required: true },
    { name: 'employer_id', kind: 'unit', label: t('evaluations.column.employer'), help: t('evaluations.field.employer_help') },
  ],
}
export const createDialogue = (t: Words['t'], schemes: readonly Schemas['SchemeListItem'][], year: number): Dialogue => ({
  action: 'create',
  title: t('evaluations.rounds.start'),
  fields: [
    { name: 'title', kind: 'text', label: t('evaluations.column.round'), required: true, initial: t('evaluations.rounds.usual', { year }) },
    { name: 'year', kind: 'number', label: t('evaluations.column.year'), required: true, initial: year },
    { name: 'scheme_id', kind: 'select', label: t('evaluations.column.title'), required: true, options: schemes.map((one) => ({ value: one.id, label: `${one.title} · ${one.no}` })), initial: schemes[0]?.id ?? null },
  ],
})
/** An answer that was left empty is not sent. */
export const filled = (body: Answers): Answers => Object.fromEntries(Object.entries(body).filter(([, value]) => value !== '' && value !== null))

export function stepDialogue(words: Words, action: ActionInfo): Dialogue {
  const { t, te } = words
  const consequence = `evaluations.consequence.${action.action}`
  return {
    action: action.action,
    title: stepTitle(words, action),
    fields: ASKED[action.action]?.(t) ?? (action.needs_reason ? [reason(t)] : []),
    ...(te(consequence) ? { consequence: t(consequence) } : {}),
  }
}
