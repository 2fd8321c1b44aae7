import { describe, expect, it } from 'vitest'

import { asTree } from './lookups'

describe('asTree', () => {
  it('hangs children under their parents and keeps orphans as roots', () => {
    const tree = asTree([{ id: 'a', parent: null, label: '区' }, { id: 'b', parent: 'a', label: '局' }, { id: 'c', parent: 'b', label: '科' }, { id: 'x', parent: 'gone', label: '孤' }])
    expect(tree).toEqual([{ value: 'a', label: '区', children: [{ value: 'b', label: '局', children: [{ value: 'c', label: '科' }] }] }, { value: 'x', label: '孤' }])
  })
})
