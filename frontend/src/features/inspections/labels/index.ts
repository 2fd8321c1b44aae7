/** Tones of self-checks and inspections; texts are beside, one file per language. */
import type { Schemas } from '@/api/types'
import type { Tone } from '@/shared/ui/types'

export const UNIT_TONES: Record<Schemas['CheckedStatus'], Tone> = { open: 'grey', checked: 'accent', submitted: 'blue', accepted: 'green', returned: 'yellow' }

export const INSPECTION_TYPES: readonly Schemas['InspectionType'][] = ['daily', 'special', 'surprise', 'undercover', 'dynamic', 'mid_year', 'annual']
export const INSPECTION_TONES: Record<Schemas['InspectionStatus'], Tone> = { planned: 'grey', approved: 'blue', noticed: 'blue', executing: 'accent', confirming: 'yellow', confirmed: 'accent', reported: 'accent', follow_up: 'blue', closed: 'green', cancelled: 'grey' }
export const INSPECTION_STATUSES = Object.keys(INSPECTION_TONES) as Schemas['InspectionStatus'][]
export const VISIT_TONES: Record<Schemas['VisitStatus'], Tone> = { open: 'grey', visited: 'green', skipped: 'yellow' }
export const FINDING_TONES: Record<Schemas['FindingStatus'], Tone> = { recorded: 'grey', withdrawn: 'grey', released: 'yellow', objected: 'yellow', confirmed: 'accent', dismissed: 'grey', disposed: 'green' }
export const SEVERITY_TONES: Record<Schemas['FindingSeverity'], Tone> = { good: 'green', minor: 'grey', ordinary: 'blue', serious: 'yellow' }
export const DISPOSITIONS: readonly Schemas['Disposition'][] = ['item', 'letter', 'case', 'praise', 'no_action']
