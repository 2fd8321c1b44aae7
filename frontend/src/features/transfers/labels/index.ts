/** Tones of what people take out and bring in. */
import type { ExportRead, ImportRead } from '@/api/types'
import type { Tone } from '@/shared/ui/types'

export const EXPORT_TONES: Record<ExportRead['state'], Tone> = { to_approve: 'yellow', waiting: 'grey', running: 'accent', done: 'green', cancelled: 'grey', failed: 'yellow', refused: 'yellow' }

export const IMPORT_TONES: Record<ImportRead['state'], Tone> = { inspecting: 'accent', mapping: 'yellow', checking: 'accent', checked: 'yellow', importing: 'accent', done: 'green', undone: 'grey', cancelled: 'grey', failed: 'yellow' }
