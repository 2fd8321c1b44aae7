/** What this release knows of each kind of subject: where it lives and under which name its words are kept. */
const SUBJECTS: Record<string, { path: string; words: string }> = { case: { path: '/cases', words: 'cases' }, rectification_item: { path: '/rectification', words: 'rectification' }, case_instruction: { path: '/supervision/instructions', words: 'supervision' } }

/** The page of a subject; nothing for kinds this release does not know. */
export function pathOf(row: { subject_type: string; subject_id: string; case_id?: string | null }): string | undefined {
  if (row.subject_type === 'case_instruction') return row.case_id ? `/supervision/instructions?case=${row.case_id}` : '/supervision/instructions'
  const subject = SUBJECTS[row.subject_type]
  return subject && `${subject.path}/${row.subject_id}`
}

export const wordsOf = (row: { subject_type: string }) => SUBJECTS[row.subject_type]?.words ?? row.subject_type
