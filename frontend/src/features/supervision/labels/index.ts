/** Tones of supervision; texts are beside, one file per language. */
import type { Schemas } from '@/api/types'
import type { Tone } from '@/shared/ui/types'

export const LISTING_TONES: Record<Schemas['ListingStatus'], Tone> = { proposed: 'blue', declined: 'grey', listed: 'accent', unlisting: 'yellow', unlisted: 'green' }
export const INSTRUCTION_TONES: Record<Schemas['InstructionStatus'], Tone> = { issued: 'accent', reported: 'blue', returned: 'yellow', accepted: 'green', withdrawn: 'grey' }
