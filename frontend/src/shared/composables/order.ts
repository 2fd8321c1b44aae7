/** Offered actions in a preferred order; those the list does not know keep their place at the end. */
import type { ActionInfo } from '../ui/types'

export function byPreference(actions: readonly ActionInfo[], order: readonly string[]): ActionInfo[] {
  const place = (action: ActionInfo) => {
    const at = order.indexOf(action.action)
    return at < 0 ? order.length : at
  }
  return [...actions].sort((a, b) => place(a) - place(b))
}
