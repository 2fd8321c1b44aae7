/** Where a desk row leads. */
import type { DeskRow } from '@/api/types'

const PATHS: Record<string, string> = { case: '/cases', rectification_item: '/rectification' }

/** A kind of subject this release has no page for leads nowhere. */
export function pathOf(row: Pick<DeskRow, 'subject_type' | 'subject_id'>): string | undefined {
  const root = PATHS[row.subject_type]
  return root === undefined ? undefined : `${root}/${row.subject_id}`
}

/** Where the rest of a group is, when the desk does not show all of it. */
export const ALL_CASES = '/cases'
