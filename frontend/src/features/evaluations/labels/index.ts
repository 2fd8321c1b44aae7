/** Tones of evaluations; texts are beside, one file per language. */
import type { Schemas } from '@/api/types'
import type { Tone } from '@/shared/ui/types'

export const SCHEME_TONES: Record<Schemas['SchemeStatus'], Tone> = { draft: 'grey', in_force: 'green', retired: 'grey' }
export const CATEGORIES: readonly Schemas['RaterCategory'][] = ['service_user', 'supervisor', 'deputy', 'enterprise', 'resident']
export const OBJECT_KINDS: readonly Schemas['ObjectKind'][] = ['unit', 'section', 'service_item']
export const ROUND_TONES: Record<Schemas['RoundStatus'], Tone> = { draft: 'grey', scheme_frozen: 'blue', pool_frozen: 'blue', drawn: 'accent', open: 'accent', closed: 'blue', computed: 'blue', published: 'green', final: 'green', void: 'grey' }
export const DRAW_TONES: Record<Schemas['DrawStatus'], Tone> = { committed: 'blue', drawn: 'green', superseded: 'grey' }
