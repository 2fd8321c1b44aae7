/** What the steps of letters ask, and what the editor asks. */
import type { Schemas } from '@/api/types'
import type { Answers } from '@/shared/composables/answers'
import type { ActionInfo, Dialogue, Field } from '@/shared/ui/types'

import type { Content, Letter } from './queries'

interface Words {
  t: (key: string) => string
  te: (key: string) => boolean
}
type Asks = (t: Words['t'], letter: Letter) => Field[]

export const TYPES: readonly Schemas['LetterType'][] = ['suggestion', 'reminder', 'admonition', 'supervision']
/** Sources that stand in words; those inside the product come with the page that links here. */
const OUTSIDE: readonly Schemas['LetterSource'][] = ['daily_check', 'random_check', 'special_check', 'supervision']

const area = (name: string, label: string, required = true): Field => ({ name, kind: 'textarea', label, required })
const reason: Asks = (t) => [area('reason', t('inspections.letters.field.reason'))]
const dated: Asks = (t) => [area('reason', t('inspections.letters.field.reason')), { name: 'due_on', kind: 'date', label: t('inspections.letters.field.due_on'), required: true }]
const files = (t: Words['t']): Field => ({ name: 'file_ids', kind: 'files', label: t('inspections.letters.field.files') })

const ASKED: Record<string, Asks> = {
  deliver: (t) => [{ name: 'delivery', kind: 'text', label: t('inspections.letters.field.delivery'), required: true, initial: t('inspections.letters.field.by_system') }],
  reply_plan: (t, letter) => [
    area('text', t('inspections.letters.field.plan')),
    { name: 'result_due_on', kind: 'date', label: t('inspections.letters.field.result_due_on'), required: true },
    { name: 'problem_ids', kind: 'checks', label: t('inspections.letters.field.take_up'), help: t('inspections.letters.field.take_up_help'), options: letter.problems.filter((one) => one.item_id === null).map((one) => ({ value: one.id, label: one.text })) },
    files(t),
  ],
  reply_result: (t) => [area('text', t('inspections.letters.field.result')), files(t)],
  accept: (t) => [area('note', t('inspections.letters.field.note'), false)],
  ask_supplement: dated,
  admonish: dated,
}

export function stepTitle({ t, te }: Words, action: ActionInfo): string {
  const key = `inspections.letters.action.${action.action}`
  return te(key) ? t(key) : action.title
}

export function stepDialogue(words: Words, letter: Letter, action: ActionInfo): Dialogue {
  const consequence = `inspections.letters.consequence.${action.action}`
  const fields = ASKED[action.action]?.(words.t, letter) ?? (action.needs_reason ? reason(words.t, letter) : [])
  return { action: action.action, title: stepTitle(words, action), fields, ...(words.te(consequence) ? { consequence: words.t(consequence) } : {}) }
}

/** Never the obvious next step. */
export const ASIDE: readonly string[] = ['make_files', 'void', 'send_back', 'ask_supplement', 'admonish', 'propose_accountability']

export interface Origin {
  type: Schemas['LetterSource']
  id: string | null
  label: string | null
}

/** What stands in the editor when it opens. */
function begun(given: Partial<Letter>): Answers {
  const { type = 'suggestion', to_unit = null, problems = [], copies_to = [], files: attached = [], ...said } = given
  return { ...said, type, to_unit_id: to_unit?.id ?? null, problems: problems.map((one) => one.text).join('\n'), copies_to: copies_to.join('，'), file_ids: attached }
}

/** The editor's questions; a source inside the product is given and not asked. */
export function contentFields(t: Words['t'], given: Partial<Letter>, origin: Origin | undefined): Field[] {
  const at = begun(given)
  const options = (values: readonly string[], scope: string) => values.map((value) => ({ value, label: t(`inspections.letters.${scope}.${value}`) }))
  const source: Field = { name: 'source_type', kind: 'select', label: t('inspections.letters.field.source'), required: true, options: options(OUTSIDE, 'source'), initial: origin?.type }
  const asked: Field[] = [
    { name: 'type', kind: 'select', label: t('inspections.letters.field.type'), required: true, options: options(TYPES, 'type') },
    { name: 'to_unit_id', kind: 'unit', label: t('inspections.letters.field.to_unit'), required: true },
    ...(origin?.id ? [] : [source]),
    { name: 'title', kind: 'text', label: t('inspections.letters.field.title'), required: true, placeholder: t('inspections.letters.field.title_like') },
    area('opening', t('inspections.letters.field.opening')),
    { ...area('problems', t('inspections.letters.field.problems')), help: t('inspections.letters.field.one_a_line') },
    area('requirements', t('inspections.letters.field.requirements')),
    { name: 'legal_basis', kind: 'text', label: t('inspections.letters.field.legal_basis') },
    { name: 'copies_to', kind: 'text', label: t('inspections.letters.field.copies_to'), help: t('inspections.letters.field.copies_help') },
    files(t),
  ]
  return asked.map((field) => ({ ...field, initial: at[field.name] ?? field.initial }))
}

const lines = (value: unknown, at: RegExp) => String(value ?? '').split(at).map((one) => one.trim()).filter(Boolean)

/** The answers as the API wants them. */
export function contentOf(body: Answers, origin: Origin | undefined): Content {
  const source = origin?.id ? { source_type: origin.type, source_id: origin.id, source_label: origin.label } : { source_type: body['source_type'] }
  return { ...body, ...source, problems: lines(body['problems'], /\n/u), copies_to: lines(body['copies_to'], /[，,；;\n]/u) } as unknown as Content
}
