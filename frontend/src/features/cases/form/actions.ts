/** The questions each action asks. An action this release does not know still works: it asks for a reason if it needs one. */
import type { CaseRead } from '@/api/types'
import { byPreference } from '@/shared/composables/order'
import type { ActionInfo, Dialogue, Field } from '@/shared/ui/types'

import { options } from '../labels'

interface Words {
  t: (key: string) => string
  te: (key: string) => boolean
}

type Maker = (t: Words['t'], subject: CaseRead | null) => Field[]

const area = (name: string, label: string, required = true): Field => ({ name, kind: 'textarea', label, required })
const reason: Maker = (t) => [{ ...area('reason', t('cases.field.reason')), help: t('actions.reason_help') }]
const reached = (t: Words['t']): Field => ({ name: 'reached', kind: 'yesno', label: t('cases.field.reached'), required: true, options: [{ value: 'yes', label: t('cases.field.reached_yes') }, { value: 'no', label: t('cases.field.reached_no') }] })

const FORMS: Record<string, Maker> = {
  dispatch: (t) => [{ name: 'unit_id', kind: 'unit', label: t('cases.field.unit'), required: true }, area('note', t('cases.field.note'), false)],
  sign: () => [],
  assign_handler: (t, subject) => [{ name: 'person_id', kind: 'person', label: t('cases.field.person'), required: true, ...(subject?.lead_unit ? { unitId: subject.lead_unit.id } : {}) }],
  contact: (t) => [reached(t), area('note', t('cases.field.note'))],
  reply: (t) => [{ ...area('text', t('cases.field.text')), help: t('cases.field.text_help') }, { name: 'file_ids', kind: 'files', label: t('cases.field.files') }],
  record_attempt: (t) => [area('note', t('cases.field.attempt'))],
  call_back: (t) => [
    { name: 'solved', kind: 'choice', label: t('cases.field.solved'), required: true, options: options(t, 'solved', ['yes', 'partly', 'no']) },
    { name: 'stars', kind: 'stars', label: t('cases.field.stars'), required: true },
    area('note', t('cases.field.note'), false),
  ],
  issue_receipt: () => [],
}

/** The next step stands first, what ends or undoes something behind it. */
const ORDER = ['dispatch', 'sign', 'reply', 'call_back', 'contact', 'assign_handler', 'record_attempt', 'urge', 'redo', 'return', 'close', 'issue_receipt', 'reveal_caller']

/** Never the next step, so never the coloured button. */
export const ASIDE: readonly string[] = ['urge', 'issue_receipt', 'reveal_caller']

export const inOrder = (actions: readonly ActionInfo[]) => byPreference(actions, ORDER)

export function actionTitle({ t, te }: Words, action: ActionInfo): string {
  const key = `cases.action.${action.action}`
  return te(key) ? t(key) : action.title
}

export function caseDialogue(words: Words, subject: CaseRead | null, action: ActionInfo): Dialogue {
  const make = FORMS[action.action] ?? (action.needs_reason ? reason : () => [])
  const consequence = `cases.consequence.${action.action}`
  return { action: action.action, title: actionTitle(words, action), fields: make(words.t, subject), ...(words.te(consequence) ? { consequence: words.t(consequence) } : {}) }
}
