/** What the steps of self-checks ask. */
import type { Schemas } from '@/api/types'
import type { Answers } from '@/shared/composables/answers'
import type { ActionInfo, Dialogue, Field } from '@/shared/ui/types'

interface Words {
  t: (key: string) => string
  te: (key: string) => boolean
}
const DIMENSIONS: readonly Schemas['Dimension'][] = ['attitude', 'quality', 'efficiency', 'lawfulness', 'integrity']

const area = (name: string, label: string, required = true): Field => ({ name, kind: 'textarea', label, required })
const list = (t: Words['t']): Field[] => [{ name: 'unit_ids', kind: 'units', label: t('inspections.field.units'), required: true }, area('reason', t('inspections.field.reason'))]

const ASKED: Record<string, (t: Words['t']) => Field[]> = {
  add_units: list,
  remove_units: list,
  record: (t) => [area('summary', t('inspections.field.summary')), ...DIMENSIONS.map((one) => ({ ...area(one, t(`inspections.dimension.${one}`), false), placeholder: t('inspections.field.weak') }))],
}

/** What was written under one of the five respects is a weak point. */
export function outgoing(action: string, body: Answers): Answers {
  if (action !== 'record') return body
  const weak = DIMENSIONS.filter((one) => String(body[one] ?? '').trim() !== '').map((dimension) => ({ dimension, problem: body[dimension] }))
  return { summary: body['summary'], weak_points: weak }
}

export function stepTitle({ t, te }: Words, action: ActionInfo): string {
  const key = `inspections.action.${action.action}`
  return te(key) ? t(key) : action.title
}

export function stepDialogue(words: Words, action: ActionInfo): Dialogue {
  const consequence = `inspections.consequence.${action.action}`
  const fields = ASKED[action.action]?.(words.t) ?? (action.needs_reason ? [area('reason', words.t('inspections.field.reason'))] : [])
  return { action: action.action, title: stepTitle(words, action), fields, ...(words.te(consequence) ? { consequence: words.t(consequence) } : {}) }
}

/** Never the obvious next step. */
export const ASIDE: readonly string[] = ['add_units', 'remove_units', 'send_back']
