import { describe, expect, it } from 'vitest'

import { caseViews, FILTERS, toQuery } from './columns'

describe('toQuery', () => {
  it('reads what is due first while somebody owes it, and what came last otherwise', () => {
    expect(toQuery({}, undefined, undefined).sort).toBe('-received_at')
    expect(toQuery({ status: 'to_sign' }, undefined, undefined).sort).toBe('due_at')
    expect(toQuery({ status: 'closed' }, undefined, undefined).sort).toBe('-received_at')
    expect(toQuery({ status: 'closed' }, 'due_at', undefined).sort).toBe('due_at')
  })

  it('counts as overdue only what is still open', () => {
    expect(toQuery({ due: 'overdue' }, undefined, undefined)).toEqual({ due: 'overdue', status: ['registered', 'to_sign', 'handling'], sort: 'due_at' })
  })

  it('leaves to the server what is due soon', () => {
    expect(toQuery({ due: 'soon' }, undefined, undefined)).toMatchObject({ due: 'soon', sort: 'due_at' })
  })

  it('takes days as days of the region, the last one included', () => {
    expect(toQuery({ from: '2026-11-01', to: '2026-11-30' }, undefined, 'c')).toMatchObject({ received_from: '2026-10-31T16:00:00.000Z', received_before: '2026-11-30T16:00:00.000Z', cursor: 'c' })
  })
})

describe('the ready views', () => {
  it('use only filters the page knows', () => {
    const names = caseViews((key) => key).flatMap((view) => Object.keys(view.filters))
    expect(names.filter((name) => !(FILTERS as readonly string[]).includes(name))).toEqual([])
  })
})
