/** The questions each action asks. An action this release does not know still works: it asks for a reason if it needs one. */
import type { CaseRead } from '@/api/types'
import { byPreference } from '@/shared/composables/order'
import type { ActionInfo, Dialogue, Field } from '@/shared/ui/types'

import { options } from '../labels'
import { answer, area, coUnits, files, reached, reason, type Words } from './fields'

type Maker = (t: Words['t'], subject: CaseRead | null) => Field[]

const FORMS: Record<string, Maker> = {
  dispatch: (t) => [{ name: 'unit_id', kind: 'unit', label: t('cases.field.unit'), required: true }, coUnits(t), area('note', t('cases.field.note'), false)],
  designate: (t) => [{ name: 'unit_id', kind: 'unit', label: t('cases.field.unit'), required: true }, coUnits(t), { ...area('basis', t('cases.field.basis')), help: t('cases.field.basis_help') }, ...reason(t)],
  add_co_units: (t) => [coUnits(t, true), area('note', t('cases.field.note'), false)],
  apply_extension: (t) => [{ name: 'amount', kind: 'number', label: t('cases.field.amount'), required: true, initial: 5, help: t('cases.field.amount_help') }, ...reason(t), files(t)],
  apply_pause: (t) => [...reason(t), files(t)],
  apply_exclusion: (t) => [...reason(t), { ...files(t), required: true }],
  appeal: (t) => [{ name: 'about', kind: 'choice', label: t('cases.field.about'), required: true, options: options(t, 'about', ['redo', 'rating', 'return_refused', 'exclusion_refused']) }, ...reason(t), files(t)],
  sign: () => [],
  assign_handler: (t, subject) => [{ name: 'person_id', kind: 'person', label: t('cases.field.person'), required: true, ...(subject?.lead_unit ? { unitId: subject.lead_unit.id } : {}) }],
  contact: (t) => [reached(t), area('note', t('cases.field.note'))],
  reply: (t) => [{ ...area('text', t('cases.field.text')), help: t('cases.field.text_help') }, files(t)],
  record_attempt: (t) => [area('note', t('cases.field.attempt'))],
  call_back: (t) => [...answer(t), { ...area('note', t('cases.field.note'), false), help: t('cases.field.dissatisfied_help') }],
  call_back_redo: (t) => [...answer(t), ...reason(t)],
  ask_after_limit: (t) => [...answer(t), area('note', t('cases.field.note'), false)],
  hand_over: (t) => [{ name: 'unit_id', kind: 'unit', label: t('cases.field.to_unit'), required: true }, ...reason(t)],
  hand_down: (t) => [coUnits(t, true, 'cases.field.below'), area('note', t('cases.field.note'), false)],
  whistle: (t) => [
    { ...coUnits(t, true, 'cases.field.called'), name: 'unit_ids' },
    { name: 'ground', kind: 'choice', label: t('cases.field.ground'), required: true, options: options(t, 'ground', ['mass_problem', 'joint_enforcement', 'emergency']) },
    { name: 'place', kind: 'text', label: t('cases.detail.place'), required: true },
    area('note', t('cases.field.note'), false),
  ],
  note_progress: (t) => [area('note', t('cases.field.progress')), files(t)],
  draft_reply: (t, subject) => [{ ...area('text', t('cases.field.text')), help: t('cases.field.text_help'), ...(subject?.draft ? { initial: subject.draft.text } : {}) }, files(t)],
  approve_reply: () => [],
  accept_result: () => [],
  answer_on_spot: (t) => [{ ...area('text', t('cases.field.text')), help: t('cases.field.text_help') }],
  refuse_acceptance: (t) => [...reason(t), { ...area('channel', t('cases.field.channel')), help: t('cases.field.channel_help') }],
  transfer_emergency: (t) => [{ name: 'service', kind: 'choice', label: t('cases.field.service'), required: true, options: options(t, 'service', ['110', '119', '120', '122', 'other']) }, area('note', t('cases.field.note'))],
  issue_receipt: () => [],
}

/** The next step stands first, what ends or undoes something behind it. */
const ORDER = ['dispatch', 'sign', 'approve_reply', 'reply', 'draft_reply', 'accept_result', 'call_back', 'call_back_redo', 'contact', 'note_progress', 'answer_on_spot', 'refuse_acceptance', 'transfer_emergency', 'assign_handler', 'refuse_return', 'designate', 'add_co_units', 'resume', 'record_attempt', 'ask_after_limit', 'hand_over', 'hand_down', 'whistle', 'return_draft', 'step_up', 'apply_extension', 'apply_pause', 'urge', 'redo', 'return', 'appeal', 'apply_exclusion', 'unmerge', 'reopen', 'close', 'issue_receipt', 'reveal_caller']

/** Never the next step, so never the coloured button. */
export const ASIDE: readonly string[] = ['urge', 'apply_extension', 'apply_pause', 'apply_exclusion', 'appeal', 'unmerge', 'reopen', 'issue_receipt', 'reveal_caller']

/** Asked beside the cases that are alike, since the answer is one of them. */
const ELSEWHERE: readonly string[] = ['merge']

export const inOrder = (actions: readonly ActionInfo[]) => byPreference(actions.filter((action) => !ELSEWHERE.includes(action.action)), ORDER)

export function actionTitle({ t, te }: Words, action: ActionInfo): string {
  const key = `cases.action.${action.action}`
  return te(key) ? t(key) : action.title
}

export function caseDialogue(words: Words, subject: CaseRead | null, action: ActionInfo): Dialogue {
  const make = FORMS[action.action] ?? (action.needs_reason ? reason : () => [])
  const consequence = `cases.consequence.${action.action}`
  return { action: action.action, title: actionTitle(words, action), fields: make(words.t, subject), ...(words.te(consequence) ? { consequence: words.t(consequence) } : {}) }
}
