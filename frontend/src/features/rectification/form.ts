/** The questions each action asks. The plan has a form of its own (PlanDialog). */
import type { ItemRead } from '@/api/types'
import { byPreference } from '@/shared/composables/order'
import type { ActionInfo, Dialogue, Field } from '@/shared/ui/types'

interface Words {
  t: (key: string) => string
  te: (key: string) => boolean
}

type Maker = (t: Words['t'], subject: ItemRead) => Field[]

const area = (name: string, label: string, required = true): Field => ({ name, kind: 'textarea', label, required })
const reason: Maker = (t) => [{ ...area('reason', t('rectification.field.reason')), help: t('actions.reason_help') }]
const measures = (subject: ItemRead, open = false) => subject.measures.filter((m) => !open || m.done_at === null).map((m) => ({ value: m.id, label: m.text }))

function progress(t: Words['t'], subject: ItemRead): Field[] {
  const open = measures(subject, true)
  const done: Field[] = open.length ? [{ name: 'measure_ids_done', kind: 'checks', label: t('rectification.field.done'), options: open }] : []
  return [area('text', t('rectification.field.text')), { name: 'percent', kind: 'percent', label: t('rectification.field.percent'), required: true, initial: subject.progress_percent }, ...done]
}

function evidence(t: Words['t'], subject: ItemRead): Field[] {
  const known = measures(subject)
  const only = known.length === 1 ? { initial: known[0]?.value } : {}
  return [{ name: 'measure_id', kind: 'select', label: t('rectification.field.of_measure'), required: true, options: known, ...only }, { name: 'file_id', kind: 'file', label: t('rectification.field.file'), required: true, help: t('rectification.field.file_help') }, area('description', t('rectification.field.description')), { name: 'taken_at', kind: 'date', label: t('rectification.field.taken_on') }]
}

const FORMS: Record<string, Maker> = {
  designate: (t) => [{ name: 'unit_id', kind: 'unit', label: t('rectification.detail.unit'), required: true }],
  approve_plan: () => [],
  report_progress: progress,
  add_evidence: evidence,
  apply_closeout: (t) => [{ ...area('statement', t('rectification.field.statement')), help: t('rectification.field.statement_help') }],
  verify: (t) => [
    { name: 'method', kind: 'choice', label: t('rectification.field.method'), required: true, options: ['on_site', 'material'].map((value) => ({ value, label: t(`rectification.method.${value}`) })) },
    area('conclusion', t('rectification.field.conclusion')),
  ],
  close: (t) => [area('conclusion', t('rectification.field.conclusion'))],
}

/** The next step stands first, what sends something back behind it. */
const ORDER = ['designate', 'plan', 'approve_plan', 'report_progress', 'add_evidence', 'apply_closeout', 'verify', 'close', 'return_plan', 'return_closeout']

export const inOrder = (actions: readonly ActionInfo[]) => byPreference(actions, ORDER)

export function actionTitle({ t, te }: Words, action: ActionInfo): string {
  const key = `rectification.action.${action.action}`
  return te(key) ? t(key) : action.title
}

export function itemDialogue(words: Words, subject: ItemRead, action: ActionInfo): Dialogue {
  const make = FORMS[action.action] ?? (action.needs_reason ? reason : () => [])
  const consequence = `rectification.consequence.${action.action}`
  return { action: action.action, title: actionTitle(words, action), fields: make(words.t, subject), ...(words.te(consequence) ? { consequence: words.t(consequence) } : {}) }
}

/** A day of the calendar as the moment the API wants. */
export function outgoing(action: string, body: Record<string, unknown>): Record<string, unknown> {
  const taken = body['taken_at']
  return action === 'add_evidence' && typeof taken === 'string' ? { ...body, taken_at: `${taken}T12:00:00+08:00` } : body
}
