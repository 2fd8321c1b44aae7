/** The words' keys and tones of cases; texts are beside, one file per language. */
import type { AssignmentStatus, CaseChannel, CaseFlag, CaseKind, CaseStatus, Identity, RequestStatus, Urgency } from '@/api/types'
import { describe } from '@/shared/composables/changes'
import type { Option, Tone } from '@/shared/ui/types'

export const KINDS: readonly CaseKind[] = ['complaint', 'request', 'consultation', 'report', 'suggestion', 'praise', 'petition', 'leader_mailbox']
export const CHANNELS: readonly CaseChannel[] = ['hotline_12345', 'visit', 'letter', 'mailbox', 'web', 'app', 'wechat', 'weibo', 'on_air', 'green_channel']
export const STATUSES: readonly CaseStatus[] = ['registered', 'to_sign', 'handling', 'replied', 'closed', 'merged']
export const IDENTITIES: readonly Identity[] = ['real_name', 'confidential', 'anonymous']
export const URGENCIES: readonly Urgency[] = ['normal', 'urgent', 'emergency']

export const FLAGS: readonly CaseFlag[] = ['false_closure', 'quick_closure']

/** States in which somebody still owes something. */
export const OPEN: readonly CaseStatus[] = ['registered', 'to_sign', 'handling']

export const STATUS_TONES: Record<CaseStatus, Tone> = { registered: 'blue', to_sign: 'yellow', handling: 'accent', replied: 'green', closed: 'grey', merged: 'grey' }

export const PART_TONES: Record<AssignmentStatus, Tone> = { to_sign: 'yellow', signed: 'accent', handling: 'accent', replied: 'blue', accepted: 'green', returned: 'grey', handed_over: 'grey', cancelled: 'grey' }

export const REQUEST_TONES: Record<RequestStatus, Tone> = { applied: 'yellow', endorsed: 'blue', granted: 'green', refused: 'grey', withdrawn: 'grey' }

type Translate = (key: string, named?: Record<string, unknown>) => string

export const options = (t: Translate, scope: string, values: readonly string[]): Option[] => values.map((value) => ({ value, label: t(`cases.${scope}.${value}`) }))

/** An entry of a case's timeline, beyond its title. */
export const describeEntry = (t: Translate, entry: { changes: Record<string, unknown> }): string =>
  describe(entry.changes, {
    unit: String,
    handler: String,
    co_units: (units) => (units as string[]).join('、'),
    basis: String,
    channel: (channel) => t(`cases.channel.${String(channel)}`),
    reached: (reached) => t(reached === true ? 'cases.field.reached_yes' : 'cases.field.reached_no'),
    solved: (solved) => t(`cases.solved.${String(solved)}`),
    stars: (stars) => t('stars.label', { n: stars }),
    kind: (kind) => t(`cases.request_kind.${String(kind)}`),
    about: (about) => t(`cases.about.${String(about)}`),
    decision: String,
    primary: (no) => t('cases.merges.primary_no', { no }),
    no: String,
    files: (n) => (n === 0 ? '' : t('cases.detail.with_files', { n })),
    note: String,
  })
