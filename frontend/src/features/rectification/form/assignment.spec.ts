import { describe, expect, it } from 'vitest'

import type { ItemRead } from '@/api/types'
import { oneItem } from '#test/samples'

import { assignmentOf, changesOf, conflictsOf } from './assignment'

const person = (id: string) => ({ id, name: id })
const measure = { id: 'm1', seq: 1, text: '甲', owner: person('p'), due_on: '2026-12-01', done_at: null, evidence: [] }
const seen: ItemRead = { ...oneItem, rev: 3, responsible_leader: person('l'), responsible_person: person('p'), measures: [measure] }
const typed = (more: object = {}, step: object = {}) => {
  const form = assignmentOf(seen)
  return { ...form, ...more, measures: form.measures.map((one) => ({ ...one, ...step })) }
}

describe('the people and dates of an item', () => {
  it('sends only what was changed, and nothing when nothing was', () => {
    expect(changesOf(typed(), seen)).toBeNull()
    expect(changesOf(typed({ person: 'q' }), seen)).toEqual({ responsible_person_id: 'q' })
    expect(changesOf(typed({}, { due: '2026-11-28' }), seen)).toEqual({ measures: [{ measure_id: 'm1', due_on: '2026-11-28' }] })
  })

  it('never clears a person or a date', () => {
    expect(changesOf(typed({ leader: null }, { due: '' }), seen)).toBeNull()
  })

  it('shows both versions of what two people changed, and of what only the other did', () => {
    const now: ItemRead = { ...seen, rev: 4, responsible_person: person('r'), measures: [{ ...measure, due_on: '2026-11-29' }] }
    expect(conflictsOf(typed({ person: 'q' }), seen, now)).toEqual([
      { field: 'person', mine: 'q', theirs: 'r' },
      { field: 'due_on', seq: 1, mine: '2026-12-01', theirs: '2026-11-29' },
    ])
  })
})
