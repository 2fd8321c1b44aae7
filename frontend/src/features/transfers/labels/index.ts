/** Tones of what people take out. */
import type { ExportRead } from '@/api/types'
import type { Tone } from '@/shared/ui/types'

export const EXPORT_TONES: Record<ExportRead['state'], Tone> = { waiting: 'grey', running: 'accent', done: 'green', cancelled: 'grey', failed: 'yellow' }
