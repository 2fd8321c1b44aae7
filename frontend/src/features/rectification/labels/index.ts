/** The words' keys and tones of rectification items; texts are beside, one file per language. */
import type { ItemRead, ItemStatus } from '@/api/types'
import type { Tone } from '@/shared/ui/types'

export const STATUSES: readonly ItemStatus[] = ['registered', 'planned', 'plan_returned', 'rectifying', 'closeout_applied', 'verified', 'closed']
export const CLASSES: readonly ItemRead['item_class'][] = ['immediate', 'deadline', 'long_term']

export const STATUS_TONES: Record<ItemStatus, Tone> = { registered: 'blue', planned: 'yellow', plan_returned: 'yellow', rectifying: 'accent', closeout_applied: 'blue', verified: 'green', closed: 'grey' }
