/** The questions each action asks. The plan has a form of its own (PlanDialog). */
import type { ItemRead } from '@/api/types'
import { byPreference } from '@/shared/composables/order'
import { formatDay } from '@/shared/i18n/format'
import type { ActionInfo, Dialogue, Field, Option } from '@/shared/ui/types'

/** What the page knows and some questions choose from: institutions that a systemic item may wait for. */
export interface Known {
  institutions: Option[]
  /** Bodies that exist today, of which some are called to accept. */
  bodies: Option[]
}

interface Words {
  t: (key: string, values?: Record<string, unknown>) => string
  te: (key: string) => boolean
}

type Maker = (t: Words['t'], subject: ItemRead, known: Known) => Field[]

const area = (name: string, label: string, required = true): Field => ({ name, kind: 'textarea', label, required })
const reason: Maker = (t) => [{ ...area('reason', t('rectification.field.reason')), help: t('actions.reason_help') }]
const measures = (subject: ItemRead, open = false) => subject.measures.filter((m) => !open || m.done_at === null).map((m) => ({ value: m.id, label: m.text }))

function progress(t: Words['t'], subject: ItemRead): Field[] {
  const open = measures(subject, true)
  const done: Field[] = open.length ? [{ name: 'measure_ids_done', kind: 'checks', label: t('rectification.field.done'), options: open }] : []
  return [area('text', t('rectification.field.text')), area('difficulties', t('rectification.field.difficulties'), false), { name: 'percent', kind: 'percent', label: t('rectification.field.percent'), required: true, initial: subject.progress_percent }, ...done]
}

function evidence(t: Words['t'], subject: ItemRead): Field[] {
  const known = measures(subject)
  const only = known.length === 1 ? { initial: known[0]?.value } : {}
  return [{ name: 'measure_id', kind: 'select', label: t('rectification.field.of_measure'), required: true, options: known, ...only }, { name: 'file_id', kind: 'file', label: t('rectification.field.file'), required: true, help: t('rectification.field.file_help') }, area('description', t('rectification.field.description')), { name: 'taken_at', kind: 'date', label: t('rectification.field.taken_on') }, { name: 'place', kind: 'text', label: t('rectification.field.place') }]
}

/** The bodies in which the caller serves and that have not signed. */
const mine = (subject: ItemRead) => subject.acceptances.filter((one) => one.result === 'open').flatMap((one) => one.signatures.filter((said) => said.is_mine && said.passed === null).map((said) => ({ value: said.body_id, label: said.body })))

function check(t: Words['t'], subject: ItemRead, required: boolean): Field {
  const waiting = subject.look_backs.filter((one) => one.result === 'pending').map((one) => ({ value: one.id, label: one.no }))
  return { name: 'check_id', kind: 'select', label: t('rectification.back.title'), required, options: waiting, ...(waiting.length === 1 ? { initial: waiting[0]?.value } : {}) }
}

const FORMS: Record<string, Maker> = {
  adopt: (t, subject) => [{ name: 'unit_id', kind: 'unit', label: t('rectification.detail.unit'), required: true, ...(subject.lead_unit ? { initial: subject.lead_unit.id } : {}) }],
  designate: (t) => [{ name: 'unit_id', kind: 'unit', label: t('rectification.detail.unit'), required: true }],
  approve_plan: (t) => [
    { name: 'is_joint', kind: 'yesno', label: t('rectification.accepting.is_joint') },
    { name: 'is_public', kind: 'yesno', label: t('rectification.accepting.is_public') },
  ],
  convene: (t, _, known) => [{ name: 'body_ids', kind: 'checks', label: t('rectification.accepting.bodies'), required: true, options: known.bodies, help: t('rectification.accepting.bodies_help') }],
  sign_acceptance: (t, subject) => [
    { name: 'body_id', kind: 'select', label: t('rectification.accepting.for_body'), required: true, options: mine(subject), ...(mine(subject).length === 1 ? { initial: mine(subject)[0]?.value } : {}) },
    { name: 'passed', kind: 'yesno', label: t('rectification.accepting.agree'), required: true },
    area('opinion', t('rectification.accepting.opinion')),
  ],
  accept: (t) => [area('conclusion', t('rectification.field.conclusion'))],
  announce: (t, subject) => [
    { name: 'title', kind: 'text', label: t('rectification.accepting.task'), required: true, initial: subject.title },
    { ...area('target', t('rectification.detail.target')), initial: subject.target ?? '' },
    area('outcome', t('rectification.accepting.outcome')),
    { name: 'contact', kind: 'text', label: t('rectification.accepting.contact'), required: true, help: t('rectification.accepting.notice_help') },
  ],
  record_objection: (t) => [area('text', t('rectification.accepting.objects'))],
  answer_objection: (t, subject) => [
    { name: 'objection_id', kind: 'select', label: t('rectification.accepting.objects'), required: true, options: subject.objections.filter((one) => one.upheld === null).map((one) => ({ value: one.id, label: one.text })) },
    { name: 'upheld', kind: 'yesno', label: t('rectification.accepting.holds'), required: true },
    area('answer', t('rectification.accepting.answer')),
  ],
  pass_look_back: (t, subject) => [check(t, subject, true), area('finding', t('rectification.back.finding'))],
  rebound: (t, subject) => [check(t, subject, false), { name: 'due_on', kind: 'date', label: t('rectification.back.due'), required: true }, area('reason', t('rectification.back.came_back'))],
  report_progress: progress,
  add_evidence: evidence,
  apply_closeout: (t) => [{ ...area('statement', t('rectification.field.statement')), help: t('rectification.field.statement_help') }],
  verify: (t) => [
    { name: 'method', kind: 'choice', label: t('rectification.field.method'), required: true, options: ['on_site', 'material'].map((value) => ({ value, label: t(`rectification.method.${value}`) })) },
    area('conclusion', t('rectification.field.conclusion')),
  ],
  apply_extension: (t, subject) => [{ name: 'to_due_on', kind: 'date', label: t('rectification.field.to_due_on'), required: true, ...(subject.due_on ? { help: t('rectification.field.due_now', { day: formatDay(subject.due_on) }) } : {}) }, area('reason', t('rectification.field.reason'))],
  grant_extension: (t) => [area('decision', t('rectification.field.decision'), false)],
  link_institution: (t, _, known) => [{ name: 'institution_id', kind: 'select', label: t('rectification.detail.institution'), required: true, options: known.institutions, help: t('rectification.field.institution_help') }],
  close: (t) => [area('conclusion', t('rectification.field.conclusion'))],
}

/** The next step stands first, what sends something back behind it. */
const ORDER = ['adopt', 'designate', 'plan', 'approve_plan', 'report_progress', 'add_evidence', 'apply_closeout', 'assign', 'urge', 'grant_extension', 'refuse_extension', 'verify', 'sign_acceptance', 'convene', 'accept', 'announce', 'answer_objection', 'record_objection', 'close', 'pass_look_back', 'rebound', 'return_plan', 'return_closeout', 'apply_extension', 'link_institution', 'waive_institution', 'void']

export const inOrder = (actions: readonly ActionInfo[]) => byPreference(actions, ORDER)

export function actionTitle({ t, te }: Words, action: ActionInfo): string {
  const key = `rectification.action.${action.action}`
  return te(key) ? t(key) : action.title
}

const NOTHING: Known = { institutions: [], bodies: [] }

export function itemDialogue(words: Words, subject: ItemRead, action: ActionInfo, known: Known = NOTHING): Dialogue {
  const make = FORMS[action.action] ?? (action.needs_reason ? reason : () => [])
  const consequence = `rectification.consequence.${action.action}`
  return { action: action.action, title: actionTitle(words, action), fields: make(words.t, subject, known), ...quoted(action.action, subject), ...(words.te(consequence) ? { consequence: words.t(consequence) } : {}) }
}

/** Whoever decides on more time has the request before them. */
function quoted(action: string, subject: ItemRead): { quote?: string } {
  const asked = action.endsWith('t_extension') || action === 'refuse_extension' ? subject.extensions.find((one) => one.status === 'applied') : undefined
  return asked ? { quote: `${asked.applied_by_name}：${formatDay(asked.from_due_on)} → ${formatDay(asked.to_due_on)}。${asked.reason}` } : {}
}

/** What is asked once for many items; people are offered of the unit when all items have the same. */
export function manyDialogue(t: Words['t'], action: 'urge' | 'assign' | 'apply_extension', n: number, unitId: string | undefined): Dialogue {
  const fields: Record<typeof action, Field[]> = {
    urge: [area('reason', t('rectification.field.reason'))],
    assign: [{ name: 'responsible_person_id', kind: 'person', label: t('rectification.field.person'), required: true, ...(unitId ? { unitId } : {}) }],
    apply_extension: [{ name: 'to_due_on', kind: 'date', label: t('rectification.field.to_due_on'), required: true }, area('reason', t('rectification.field.reason'))],
  }
  return { action, title: t(`rectification.bulk.title.${action}`, { n }), consequence: t('rectification.bulk.each'), fields: fields[action] }
}

export function drawDialogue(t: Words['t']): Dialogue {
  const of = (name: string) => t(`rectification.back.${name}`)
  const fields: Field[] = [
    { name: 'closed_from', kind: 'date', label: of('from'), required: true },
    { name: 'closed_to', kind: 'date', label: of('to'), required: true },
    { name: 'percent', kind: 'percent', label: of('percent'), required: true, initial: 10 },
    { name: 'seed', kind: 'text', label: of('seed'), required: true, help: of('seed_help') },
  ]
  return { action: 'draw', title: of('draw'), fields, consequence: of('consequence') }
}

export type InstitutionStep = 'register' | 'publish' | 'drop'

export function institutionDialogue(t: Words['t'], step: InstitutionStep): Dialogue {
  const of = (name: string) => t(`rectification.institution.${name}`)
  const fields: Record<InstitutionStep, Field[]> = {
    register: [
      { name: 'title', kind: 'text', label: of('name'), required: true },
      { name: 'task', kind: 'choice', label: of('what'), required: true, options: ['create', 'revise', 'abolish'].map((value) => ({ value, label: t(`rectification.institution.task.${value}`) })) },
      { name: 'unit_id', kind: 'unit', label: of('unit'), required: true },
      { name: 'due_on', kind: 'date', label: of('due'), required: true },
    ],
    publish: [{ name: 'doc_no', kind: 'text', label: of('doc_no'), required: true }, { name: 'published_on', kind: 'date', label: of('published_on'), required: true }, { name: 'file_id', kind: 'file', label: of('file') }],
    drop: [{ ...area('reason', t('rectification.field.reason')), help: t('actions.reason_help') }],
  }
  return { action: step, title: of(step), fields: fields[step], consequence: t(`rectification.institution.consequence.${step}`) }
}

/** A day of the calendar as the moment the API wants. */
export function outgoing(action: string, body: Record<string, unknown>): Record<string, unknown> {
  const taken = body['taken_at']
  return action === 'add_evidence' && typeof taken === 'string' ? { ...body, taken_at: `${taken}T12:00:00+08:00` } : body
}
