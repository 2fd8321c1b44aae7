import { describe, expect, it } from 'vitest'

import { caseViews, FILTERS, toQuery } from './columns'

const now = new Date('2026-11-22T12:00:00+08:00')

describe('toQuery', () => {
  it('reads what is due first while somebody owes it, and what came last otherwise', () => {
    expect(toQuery({}, undefined, undefined, now).sort).toBe('-received_at')
    expect(toQuery({ status: 'to_sign' }, undefined, undefined, now).sort).toBe('due_at')
    expect(toQuery({ status: 'closed' }, undefined, undefined, now).sort).toBe('-received_at')
    expect(toQuery({ status: 'closed' }, 'due_at', undefined, now).sort).toBe('due_at')
  })

  it('counts as overdue only what is still open', () => {
    expect(toQuery({ due: 'overdue' }, undefined, undefined, now)).toEqual({ due_before: now.toISOString(), status: ['registered', 'to_sign', 'handling'], sort: 'due_at' })
  })

  it('keeps overdue ones out of “due soon”', () => {
    expect(toQuery({ due: 'soon' }, undefined, undefined, now)).toMatchObject({ due_from: '2026-11-22T04:00:00.000Z', due_before: '2026-11-25T04:00:00.000Z' })
  })

  it('takes days as days of the region, the last one included', () => {
    expect(toQuery({ from: '2026-11-01', to: '2026-11-30' }, undefined, 'c', now)).toMatchObject({ received_from: '2026-10-31T16:00:00.000Z', received_before: '2026-11-30T16:00:00.000Z', cursor: 'c' })
  })
})

describe('the ready views', () => {
  it('use only filters the page knows', () => {
    const names = caseViews((key) => key).flatMap((view) => Object.keys(view.filters))
    expect(names.filter((name) => !(FILTERS as readonly string[]).includes(name))).toEqual([])
  })
})
