/** The questions that the steps of a request ask. */
import { byPreference } from '@/shared/composables/order'
import type { ActionInfo, Dialogue } from '@/shared/ui/types'

import { area, reason, type Words } from './fields'

const ORDER = ['endorse', 'review', 'grant', 'record_told', 'decline', 'dismiss', 'refuse', 'withdraw']

/** Never the next step of a request. */
export const REQUEST_ASIDE: readonly string[] = ['withdraw']

export const stepsInOrder = (actions: readonly ActionInfo[]) => byPreference(actions, ORDER)

export function stepTitle({ t, te }: Words, action: ActionInfo): string {
  const key = `cases.request_action.${action.action}`
  return te(key) ? t(key) : action.title
}

export function stepDialogue(words: Words, action: ActionInfo): Dialogue {
  const { t } = words
  const known = { grant: [area('decision', t('cases.field.decision'))], record_told: [area('note', t('cases.field.told'))] }[action.action]
  return { action: action.action, title: stepTitle(words, action), fields: known ?? (action.needs_reason ? reason(t) : []) }
}
