/** Who answers for an item and when its measures are due, as it is edited. */
import type { ItemRead } from '@/api/types'

interface Step {
  id: string
  seq: number
  text: string
  owner: string | null
  due: string
  done: boolean
}

export interface Assignment {
  leader: string | null
  person: string | null
  measures: Step[]
}

type Cell = { field: 'leader' | 'person' | 'owner' | 'due_on'; seq?: number; value: string | null }

export const assignmentOf = (item: ItemRead): Assignment => ({
  leader: item.responsible_leader?.id ?? null,
  person: item.responsible_person?.id ?? null,
  measures: item.measures.map((one) => ({ id: one.id, seq: one.seq, text: one.text, owner: one.owner?.id ?? null, due: one.due_on, done: one.done_at !== null })),
})

/** What is sent: only what differs from the item as it was seen; null when nothing does. */
export function changesOf(form: Assignment, seen: ItemRead): Record<string, unknown> | null {
  const before = assignmentOf(seen)
  const measures = form.measures.flatMap((one) => {
    const was = before.measures.find((other) => other.id === one.id)
    const change = { ...(one.owner && one.owner !== was?.owner ? { owner_id: one.owner } : {}), ...(one.due && one.due !== was?.due ? { due_on: one.due } : {}) }
    return Object.keys(change).length ? [{ measure_id: one.id, ...change }] : []
  })
  const body = {
    ...(form.leader && form.leader !== before.leader ? { responsible_leader_id: form.leader } : {}),
    ...(form.person && form.person !== before.person ? { responsible_person_id: form.person } : {}),
    ...(measures.length ? { measures } : {}),
  }
  return Object.keys(body).length ? body : null
}

const cells = (one: Assignment): Cell[] => [
  { field: 'leader', value: one.leader },
  { field: 'person', value: one.person },
  ...one.measures.flatMap((step): Cell[] => [{ field: 'owner', seq: step.seq, value: step.owner }, { field: 'due_on', seq: step.seq, value: step.due }]),
]

/** Where what was typed and what somebody else saved meanwhile differ, field by field. */
export function conflictsOf(form: Assignment, seen: ItemRead, now: ItemRead): { field: Cell['field']; seq?: number; mine: string | null; theirs: string | null }[] {
  const before = cells(assignmentOf(seen))
  const theirs = cells(assignmentOf(now))
  const at = (list: Cell[], cell: Cell) => list.find((one) => one.field === cell.field && one.seq === cell.seq)?.value ?? null
  return cells(form)
    .filter((cell) => at(theirs, cell) !== cell.value && (at(theirs, cell) !== at(before, cell) || cell.value !== at(before, cell)))
    .map((cell) => ({ field: cell.field, ...(cell.seq === undefined ? {} : { seq: cell.seq }), mine: cell.value, theirs: at(theirs, cell) }))
}
