/** What the steps of campaigns ask. */
import type { Schemas } from '@/api/types'
import type { Answers } from '@/shared/composables/answers'
import type { ActionInfo, Dialogue, Field } from '@/shared/ui/types'

interface Words {
  t: (key: string, values?: Record<string, unknown>) => string
  te: (key: string) => boolean
}
type Subject = Partial<Schemas['CampaignRead']>
type Task = Schemas['TaskRead']
type Ask = (t: Words['t'], subject: Subject) => Field[]

const area = (name: string, label: string): Field => ({ name, kind: 'textarea', label, required: true })
const units: Ask = (t) => [{ name: 'unit_ids', kind: 'units', label: t('campaigns.field.units'), required: true }, area('reason', t('campaigns.field.reason'))]

const openStage = (t: Words['t'], { stages = [] }: Subject): Field => {
  const open = stages.filter(({ status }) => status === 'open').map(({ seq, title }) => ({ value: String(seq), label: title }))
  return { name: 'seq', kind: 'select', label: t('campaigns.field.stage'), required: true, options: open, initial: open[0]?.value ?? null }
}

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
  close_stage: (t, subject) => [openStage(t, subject)],
  except_stage: (t, subject) => [openStage(t, subject), area('reason', t('campaigns.field.exception'))],
  close: (t) => [area('summary', t('campaigns.field.summary'))],
}

/** Answers as the API takes them: the windows of the stages come as one list. */
export function outgoing(action: string, body: Answers, { stages = [] }: Subject = {}): Answers {
  if (action === 'create') return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== '' && value !== null && !(Array.isArray(value) && value.length === 0)))
  if (body['seq'] !== undefined) return { ...body, seq: Number(body['seq']) }
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

const PAPER: Record<string, (t: Words['t']) => Field[]> = {
  submit: (t) => [area('note', t('campaigns.field.note')), { name: 'file_ids', kind: 'files', label: t('campaigns.field.files') }],
}
const TASK: Record<string, (t: Words['t'], task: Task) => Field[]> = {
  assign: (t, task) => [
    { name: 'lead_unit_id', kind: 'unit', label: t('campaigns.field.lead_unit'), required: true, initial: task.lead_unit?.id ?? null, ...(task.lead_names.length ? { help: t('campaigns.field.named', { names: task.lead_names.join('、') }) } : {}) },
    { name: 'co_unit_ids', kind: 'units', label: t('campaigns.field.co_units'), initial: task.co_units.map(({ id }) => id), ...(task.co_names.length ? { help: t('campaigns.field.named', { names: task.co_names.join('、') }) } : {}) },
    { name: 'due_on', kind: 'date', label: t('campaigns.field.due_on'), required: true, initial: task.due_on ?? '' },
  ],
  name_owner: (t, task) => [
    { name: 'owner_id', kind: 'person', label: t('campaigns.field.owner'), required: true, ...(task.lead_unit ? { unitId: task.lead_unit.id } : {}) },
    { name: 'section', kind: 'text', label: t('campaigns.field.section'), initial: task.section ?? '' },
  ],
  cascade: (t, task) => [
    { name: 'unit_ids', kind: 'units', label: t('campaigns.field.lower_units'), required: true },
    { name: 'due_on', kind: 'date', label: t('campaigns.field.due_on'), required: true, initial: task.due_on ?? '' },
  ],
  answer: (t) => [area('result', t('campaigns.field.result'))],
}

function dialogue({ t, te }: Words, action: ActionInfo, asked: Field[] | undefined): Dialogue {
  return { action: action.action, title: stepTitle({ t, te }, action), fields: asked ?? (action.needs_reason ? [area('reason', t('campaigns.field.reason'))] : []) }
}
export const paperDialogue = (words: Words, action: ActionInfo): Dialogue => dialogue(words, action, PAPER[action.action]?.(words.t))
export const taskDialogue = (words: Words, action: ActionInfo, task: Task): Dialogue => dialogue(words, action, TASK[action.action]?.(words.t, task))

export const reportDialogue = (words: Words, action: ActionInfo, attachments: readonly string[]): Dialogue =>
  dialogue(words, action, action.action === 'submit' ? [area('text', words.t('campaigns.field.report')), { name: 'file_ids', kind: 'files', label: words.t('campaigns.field.files'), ...(attachments.length ? { help: words.t('campaigns.field.must_attach', { names: attachments.join('、') }) } : {}) }] : undefined)

/** A section that was left empty is not sent. */
export const filled = (body: Answers): Answers => Object.fromEntries(Object.entries(body).filter(([, value]) => value !== ''))

/** Never the obvious next step. */
export const ASIDE: readonly string[] = ['plan_stages', 'add_units', 'remove_units', 'suspend', 'except_stage', 'cascade', 'send_back', 'reject']
