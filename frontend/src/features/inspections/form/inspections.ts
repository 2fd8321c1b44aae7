/** What the steps of inspections and findings ask. */
import type { Schemas } from '@/api/types'
import type { Answers } from '@/shared/composables/answers'
import type { ActionInfo, Dialogue, Field, Option } from '@/shared/ui/types'

import { DISPOSITIONS, INSPECTION_TYPES } from '../labels'
import type { Finding, Inspection } from '../queries/inspections'

interface Words {
  t: (key: string, values?: Record<string, unknown>) => string
  te: (key: string) => boolean
}
export interface Choices {
  checklists: Option[]
  plans: Option[]
  groups: Option[]
  people: Option[]
}
export const NO_CHOICES: Choices = { checklists: [], plans: [], groups: [], people: [] }
const GRAVE = ['minor', 'ordinary', 'serious'] as const
const UNIT_TYPES = ['government_department', 'party_department', 'township', 'secondary_institution', 'public_institution', 'vertical', 'village'] as const
type T = Words['t']
type Ask = (t: T, inspection: Inspection | undefined, choices: Choices) => Field[]

const label = (t: T, name: string) => t(`inspections.visit.field.${name}`)
const area = (t: T, name: string): Field => ({ name, kind: 'textarea', label: label(t, name), required: true })
const date = (t: T, name: string): Field => ({ name, kind: 'date', label: label(t, name), required: true })
const yesno = (t: T, name: string, initial: boolean): Field => ({ name, kind: 'yesno', label: label(t, name), initial, options: [{ value: 'yes', label: t('inspections.visit.yes') }, { value: 'no', label: t('inspections.visit.no') }] })
const unitOf: Ask = (t, inspection) => [{ name: 'unit_id', kind: 'select', label: label(t, 'unit'), required: true, options: (inspection?.units ?? []).filter((one) => one.status === 'open').map((one) => ({ value: one.unit.id, label: one.unit.name })) }]
const drawing = (t: T): Field[] => [
  { name: 'count', kind: 'number', label: label(t, 'count'), required: true, initial: 2 },
  { name: 'seed', kind: 'text', label: label(t, 'seed'), help: t('inspections.draw.seed_help') },
]

const ASKED: Record<string, Ask> = {
  create: (t, _, choices) => [
    { name: 'title', kind: 'text', label: label(t, 'title'), required: true },
    { name: 'type', kind: 'select', label: label(t, 'type'), required: true, initial: 'daily', options: INSPECTION_TYPES.map((value) => ({ value, label: t(`inspections.type.${value}`) })) },
    { ...yesno(t, 'is_secret', false), help: t('inspections.visit.secret_help') },
    area(t, 'scope'),
    { name: 'checklist_id', kind: 'select', label: label(t, 'checklist'), required: true, options: choices.checklists, initial: choices.checklists[0]?.value ?? null },
    { name: 'plan_id', kind: 'select', label: label(t, 'plan'), options: choices.plans },
    date(t, 'starts_on'),
    date(t, 'ends_on'),
    { ...yesno(t, 'silence_confirms', true), help: t('inspections.visit.silence_help') },
  ],
  set_units: (t, inspection) => [{ name: 'unit_ids', kind: 'units', label: label(t, 'units'), required: true, initial: inspection?.units.filter((one) => one.ground === 'named').map((one) => one.unit.id) ?? [] }],
  draw_units: (t) => [
    ...drawing(t),
    { name: 'types', kind: 'checks', label: label(t, 'types'), help: t('inspections.draw.types_help'), options: UNIT_TYPES.map((value) => ({ value, label: t(`inspections.unit_type.${value}`) })) },
    { name: 'out', kind: 'units', label: label(t, 'out') },
    { name: 'out_reason', kind: 'text', label: label(t, 'out_reason') },
    { name: 'reason', kind: 'text', label: label(t, 'redraw') },
  ],
  set_team: (t, inspection, choices) => [
    { name: 'person_ids', kind: 'checks', label: label(t, 'team'), required: true, help: t('inspections.visit.team_help'), options: choices.people, initial: inspection?.team.map((one) => one.person.id) ?? [] },
    { name: 'leader_id', kind: 'select', label: label(t, 'leader'), required: true, options: choices.people, initial: inspection?.team.find((one) => one.is_leader)?.person.id ?? null },
  ],
  draw_team: (t, _, choices) => [...drawing(t), { name: 'body_ids', kind: 'checks', label: label(t, 'groups'), required: true, options: choices.groups, initial: choices.groups.map((one) => one.value) }, { name: 'reason', kind: 'text', label: label(t, 'redraw') }],
  finish_unit: unitOf,
  skip_unit: (t, inspection, choices) => [...unitOf(t, inspection, choices), area(t, 'reason')],
  report: (t) => [area(t, 'report')],
  close: (t) => [area(t, 'conclusion')],
  plan: (t) => [
    { name: 'title', kind: 'text', label: label(t, 'title'), required: true },
    { name: 'kind', kind: 'choice', label: label(t, 'plan_kind'), required: true, initial: 'quarterly', options: ['annual', 'quarterly'].map((value) => ({ value, label: t(`inspections.plan.kind.${value}`) })) },
    date(t, 'first_on'),
    date(t, 'last_on'),
    { name: 'note', kind: 'textarea', label: label(t, 'note') },
  ],
  declare: (t) => [{ name: 'unit_id', kind: 'unit', label: label(t, 'unit'), required: true }, area(t, 'reason')],
}

const isGiven = (value: unknown) => value !== '' && value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0)

/** Answers as the API takes them: what was left empty is not sent; units that are kept out carry their reason. */
export function outgoing(action: string, body: Answers): Answers {
  const { out, out_reason, ...rest } = Object.fromEntries(Object.entries(body).filter(([, value]) => isGiven(value)))
  if (action === 'object') return { ...rest, file_ids: rest['file_ids'] ?? [] }
  if (!Array.isArray(out)) return rest
  return { ...rest, keep_out: out.map((id: unknown) => ({ id, reason: out_reason ?? '' })) }
}

export function visitTitle({ t, te }: Words, action: ActionInfo): string {
  const key = `inspections.visit.action.${action.action}`
  return te(key) ? t(key) : action.title
}

function dialogue(words: Words, action: ActionInfo, asked: Field[] | undefined): Dialogue {
  const consequence = `inspections.visit.consequence.${action.action}`
  const fields = asked ?? (action.needs_reason ? [area(words.t, 'reason')] : [])
  return { action: action.action, title: visitTitle(words, action), fields, ...(words.te(consequence) ? { consequence: words.t(consequence) } : {}) }
}

export const visitDialogue = (words: Words, action: ActionInfo, inspection?: Inspection, choices: Choices = NO_CHOICES): Dialogue => dialogue(words, action, ASKED[action.action]?.(words.t, inspection, choices))

const revising = (t: T, finding: Finding): Field[] => [
  { name: 'facts', kind: 'textarea', label: t('inspections.site.facts'), required: true, initial: finding.facts },
  { name: 'place', kind: 'text', label: t('inspections.site.place'), required: true, initial: finding.place },
  ...(finding.severity === 'good' ? [] : [{ name: 'severity', kind: 'choice' as const, label: t('inspections.site.severity'), required: true, initial: finding.severity, options: GRAVE.map((value) => ({ value, label: t(`inspections.severity.${value}`) })) }]),
]

/** What correcting leaves as it was goes along. */
export function revised(body: Answers, was: Schemas['FindingRead']): Answers {
  const { item_key, problem_code, clause, people, seen_at, severity } = was
  return { item_key, problem_code, clause, people, seen_at, severity, file_ids: was.files.map(({ id }) => id), ...body }
}

export function findingDialogue(words: Words, action: ActionInfo, finding: Finding): Dialogue {
  const { t } = words
  const kinds = DISPOSITIONS.filter((one) => (finding.severity === 'good' ? ['praise', 'no_action'].includes(one) : one !== 'praise'))
  const asked: Record<string, Field[]> = {
    object: [area(t, 'objection'), { name: 'file_ids', kind: 'files', label: label(t, 'files') }],
    dispose: [
      { name: 'disposition', kind: 'choice', label: label(t, 'disposition'), required: true, options: kinds.map((value) => ({ value, label: t(`inspections.disposition.${value}`) })) },
      { name: 'note', kind: 'textarea', label: label(t, 'disposition_note') },
    ],
  }
  const made = dialogue(words, action, asked[action.action] ?? (action.action === 'revise' ? revising(t, finding) : undefined))
  if (action.action === 'object') return { ...made, fields: made.fields.map((field) => (field.name === 'objection' ? { ...field, name: 'reason' } : field)), quote: finding.facts }
  return action.action === 'revise' ? made : { ...made, quote: finding.facts }
}

/** Never the obvious next step. */
export const VISIT_ASIDE: readonly string[] = ['cancel', 'skip_unit', 'finish_unit', 'draw_team', 'draw_units', 'set_team']
