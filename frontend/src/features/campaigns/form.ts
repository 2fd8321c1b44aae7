/** What the steps of campaigns ask. */
import type { Schemas } from '@/api/types'
import type { Answers } from '@/shared/composables/answers'
import type { ActionInfo, Dialogue, Field } from '@/shared/ui/types'

interface Words {
  t: (key: string, values?: Record<string, unknown>) => string
  te: (key: string) => boolean
}
type Subject = Partial<Schemas['CampaignRead']>
type Ask = (t: Words['t'], subject: Subject) => Field[]

const area = (name: string, label: string): Field => ({ name, kind: 'textarea', label, required: true })
const units: Ask = (t) => [{ name: 'unit_ids', kind: 'units', label: t('campaigns.field.units'), required: true }, area('reason', t('campaigns.field.reason'))]

const ASKED: Record<string, Ask> = {
  create: (t, { title }) => [
    { name: 'title', kind: 'text', label: t('campaigns.field.title'), required: true, initial: title ?? '' },
    { name: 'starts_on', kind: 'date', label: t('campaigns.field.starts_on'), help: t('campaigns.field.starts_help') },
    { name: 'unit_ids', kind: 'units', label: t('campaigns.field.units'), help: t('campaigns.field.units_help') },
  ],
  publish: (t) => [
    { name: 'basis_no', kind: 'text', label: t('campaigns.field.basis_no'), required: true, placeholder: t('campaigns.field.basis_no_like') },
    { name: 'plan_file_id', kind: 'file', label: t('campaigns.field.plan_file') },
  ],
  plan_stages: (t, { stages = [] }) =>
    stages.flatMap((stage) => [
      { name: `starts_${String(stage.seq)}`, kind: 'date' as const, label: t('campaigns.field.stage_starts', { title: stage.title }), required: true, initial: stage.starts_on },
      { name: `ends_${String(stage.seq)}`, kind: 'date' as const, label: t('campaigns.field.stage_ends', { title: stage.title }), required: true, initial: stage.ends_on },
    ]),
  add_units: units,
  remove_units: units,
  close: (t) => [area('summary', t('campaigns.field.summary'))],
}

/** Answers as the API takes them: the windows of the stages come as one list. */
export function outgoing(action: string, body: Answers, { stages = [] }: Subject = {}): Answers {
  if (action === 'create') return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== '' && value !== null && !(Array.isArray(value) && value.length === 0)))
  if (action !== 'plan_stages') return body
  return { windows: stages.map(({ seq }) => ({ seq, starts_on: body[`starts_${String(seq)}`], ends_on: body[`ends_${String(seq)}`] })) }
}

export function stepDialogue({ t, te }: Words, action: ActionInfo, subject: Subject = {}): Dialogue {
  const consequence = `campaigns.consequence.${action.action}`
  const fields = ASKED[action.action]?.(t, subject) ?? (action.needs_reason ? [area('reason', t('campaigns.field.reason'))] : [])
  return { action: action.action, title: stepTitle({ t, te }, action), fields, ...(te(consequence) ? { consequence: t(consequence) } : {}) }
}

export function stepTitle({ t, te }: Words, action: ActionInfo): string {
  const key = `campaigns.action.${action.action}`
  return te(key) ? t(key) : action.title
}

/** Never the obvious next step. */
export const ASIDE: readonly string[] = ['plan_stages', 'add_units', 'remove_units', 'suspend']
