/** Tones of monitoring; texts are beside, one file per language. */
import type { Schemas } from '@/api/types'
import type { Tone } from '@/shared/ui/types'

export const TERM_TONES: Record<Schemas['TermStatus'], Tone> = { nominated: 'grey', appointed: 'blue', active: 'green', suspended: 'yellow', removed: 'grey' }
export const INFO_TONES: Record<Schemas['InfoStatus'], Tone> = { submitted: 'accent', screened: 'blue', case_created: 'blue', letter_linked: 'blue', noted: 'grey', fed_back: 'green', closed: 'grey' }
