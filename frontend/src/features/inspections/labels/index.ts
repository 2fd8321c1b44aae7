/** Tones of self-checks; texts are beside, one file per language. */
import type { Schemas } from '@/api/types'
import type { Tone } from '@/shared/ui/types'

export const UNIT_TONES: Record<Schemas['CheckedStatus'], Tone> = { open: 'grey', checked: 'accent', submitted: 'blue', accepted: 'green', returned: 'yellow' }
