/** Where a desk row leads. */
import type { DeskRow } from '@/api/types'

const PATHS: Record<DeskRow['subject_type'], string> = { case: '/cases', rectification_item: '/rectification' }

export const pathOf = (row: { subject_type: DeskRow['subject_type'] | null; subject_id: string | null }) => (row.subject_type === null ? undefined : `${PATHS[row.subject_type]}/${row.subject_id ?? ''}`)

/** Listed in full on the desk; the rest is in the lists. */
export const LISTS: Record<DeskRow['subject_type'], string> = PATHS
