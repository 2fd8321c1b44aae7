/** The words' keys and tones of cases; texts are beside, one file per language. */
import type { CaseChannel, CaseKind, CaseStatus, Urgency } from '@/api/types'
import type { Option, Tone } from '@/shared/ui/types'

export const KINDS: readonly CaseKind[] = ['complaint', 'request', 'consultation', 'report', 'suggestion', 'praise', 'petition', 'leader_mailbox']
export const CHANNELS: readonly CaseChannel[] = ['hotline_12345', 'visit', 'letter', 'mailbox', 'web', 'app', 'wechat', 'weibo', 'on_air', 'green_channel']
export const STATUSES: readonly CaseStatus[] = ['registered', 'to_sign', 'handling', 'replied', 'closed']
export const URGENCIES: readonly Urgency[] = ['normal', 'urgent', 'emergency']

/** States in which somebody still owes something. */
export const OPEN: readonly CaseStatus[] = ['registered', 'to_sign', 'handling']

export const STATUS_TONES: Record<CaseStatus, Tone> = { registered: 'blue', to_sign: 'yellow', handling: 'accent', replied: 'green', closed: 'grey' }

type Translate = (key: string) => string

export const options = (t: Translate, scope: string, values: readonly string[]): Option[] => values.map((value) => ({ value, label: t(`cases.${scope}.${value}`) }))
