import type { ChangeRead } from '@/api/types'
import type { Tone } from '@/shared/ui/types'

export const STATE_TONES: Record<ChangeRead['state'], Tone> = { computing: 'grey', ready: 'blue', applying: 'accent', done: 'green', withdrawn: 'grey' }
