/** The questions that the actions of a unit's part ask. */
import type { AssignmentRead } from '@/api/types'
import { byPreference } from '@/shared/composables/order'
import type { ActionInfo, Dialogue, Field } from '@/shared/ui/types'

import { area, coUnits, files, reached, reason, type Words } from './fields'

type Maker = (t: Words['t'], part: AssignmentRead | null) => Field[]

const FORMS: Record<string, Maker> = {
  sign: () => [],
  accept: () => [],
  arrive: () => [],
  hand_down: (t) => [coUnits(t, true, 'cases.field.below'), area('note', t('cases.field.note'), false)],
  contact: (t) => [reached(t), area('note', t('cases.field.note'))],
  assign_handler: (t, part) => [{ name: 'person_id', kind: 'person', label: t('cases.field.person'), required: true, ...(part?.unit ? { unitId: part.unit.id } : {}) }],
  reply: (t) => [area('text', t('cases.field.result')), files(t)],
}

const ORDER = ['arrive', 'sign', 'reply', 'accept', 'contact', 'assign_handler', 'hand_down', 'redo', 'return', 'cancel']

/** Never the next step of a part. */
export const PART_ASIDE: readonly string[] = ['cancel', 'contact', 'assign_handler', 'hand_down']

export const partsInOrder = (actions: readonly ActionInfo[]) => byPreference(actions, ORDER)

export function partTitle({ t, te }: Words, action: ActionInfo): string {
  const key = `cases.part_action.${action.action}`
  return te(key) ? t(key) : action.title
}

export function partDialogue(words: Words, part: AssignmentRead | null, action: ActionInfo): Dialogue {
  const make = FORMS[action.action] ?? (action.needs_reason ? reason : () => [])
  const consequence = `cases.part_consequence.${action.action}`
  return { action: action.action, title: partTitle(words, action), fields: make(words.t, part), ...(words.te(consequence) ? { consequence: words.t(consequence) } : {}) }
}
