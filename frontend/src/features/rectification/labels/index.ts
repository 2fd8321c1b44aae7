/** The words' keys and tones of rectification items; texts are beside, one file per language. */
import type { ItemRead, ItemStatus } from '@/api/types'
import { describe } from '@/shared/composables/changes'
import { formatDay } from '@/shared/i18n/format'
import type { Tone } from '@/shared/ui/types'

export const STATUSES: readonly ItemStatus[] = ['registered', 'planned', 'plan_returned', 'rectifying', 'closeout_applied', 'verified', 'closed']
export const CLASSES: readonly ItemRead['item_class'][] = ['immediate', 'deadline', 'long_term']

export const STATUS_TONES: Record<ItemStatus, Tone> = { registered: 'blue', planned: 'yellow', plan_returned: 'yellow', rectifying: 'accent', closeout_applied: 'blue', verified: 'green', closed: 'grey' }

/** An entry of an item's timeline, beyond its title. */
export const describeEntry = (t: (key: string) => string, entry: { changes: Record<string, unknown> }): string =>
  describe(entry.changes, {
    unit: String,
    source: String,
    due_on: (day) => formatDay(String(day)),
    percent: (percent) => `${String(percent)}%`,
    text: String,
    description: String,
    late: (late) => (late === true ? t('rectification.detail.late') : ''),
    statement: String,
    method: (method) => t(`rectification.method.${String(method)}`),
    conclusion: String,
  })
