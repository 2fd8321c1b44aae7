/** The words' keys and tones of rectification items; texts are beside, one file per language. */
import type { ItemRead, ItemStatus, Schemas } from '@/api/types'
import { describe } from '@/shared/composables/changes'
import { formatDay } from '@/shared/i18n/format'
import type { Tone } from '@/shared/ui/types'

export const STATUSES: readonly ItemStatus[] = ['registered', 'planned', 'plan_returned', 'rectifying', 'closeout_applied', 'verified', 'accepted', 'closed', 'filed', 'voided']
export const CLASSES: readonly ItemRead['item_class'][] = ['immediate', 'deadline', 'long_term']

export const STATUS_TONES: Record<ItemStatus, Tone> = { registered: 'blue', planned: 'yellow', plan_returned: 'yellow', rectifying: 'accent', closeout_applied: 'blue', verified: 'blue', accepted: 'green', closed: 'grey', filed: 'grey', voided: 'grey' }
export const EXTENSION_TONES: Record<Schemas['ExtensionStatus'], Tone> = { applied: 'yellow', granted: 'green', refused: 'grey' }
export const INSTITUTION_TONES: Record<Schemas['InstitutionStatus'], Tone> = { planned: 'accent', published: 'green', dropped: 'grey' }
export const RESULT_TONES: Record<Schemas['AcceptanceResult'], Tone> = { open: 'yellow', passed: 'green', failed: 'red' }
export const CHECK_TONES: Record<Schemas['CheckResult'], Tone> = { pending: 'yellow', passed: 'green', rebounded: 'red' }
export const OWNERS: readonly Schemas['OwnerType'][] = ['unit', 'leading_team', 'team_member', 'cadre']

/** An entry of an item's timeline, beyond its title. */
export const describeEntry = (t: (key: string) => string, entry: { changes: Record<string, unknown> }): string =>
  describe(entry.changes, {
    unit: String,
    source: String,
    due_on: (day) => formatDay(String(day)),
    percent: (percent) => `${String(percent)}%`,
    text: String,
    difficulties: String,
    to_due_on: (day) => formatDay(String(day)),
    institution: String,
    bodies: String,
    body: String,
    opinion: String,
    answer: String,
    finding: String,
    title: String,
    columns: String,
    description: String,
    late: (late) => (late === true ? t('rectification.detail.late') : ''),
    statement: String,
    method: (method) => t(`rectification.method.${String(method)}`),
    conclusion: String,
  })
