import { describe, expect, it } from 'vitest'

import { node } from '#test/samples'

import { visibleRows } from './columns'

const units = [node('a', null, '区人民政府'), node('b', 'a', '区城市管理局'), node('c', 'b', '执法大队'), node('d', 'a', '公安分局'), node('x', 'ended', '原区城管办')]
const names = (open: string[], text = '') => visibleRows(units, new Set(open), text).map(({ unit, depth }) => `${'·'.repeat(depth)}${unit.name}`)

describe('the organization tree', () => {
  it('shows only what is open; a unit whose parent is gone stands at the top', () => {
    expect(names([])).toEqual(['区人民政府', '原区城管办'])
    expect(names(['a'])).toEqual(['区人民政府', '·区城市管理局', '·公安分局', '原区城管办'])
  })

  it('shows a match with the way to it, whatever is open', () => {
    expect(names([], '执法')).toEqual(['区人民政府', '·区城市管理局', '··执法大队'])
    expect(names([], ' d ')).toEqual(['区人民政府', '·公安分局', '原区城管办'].slice(0, 2).concat([]))
  })

  it('is empty when nothing matches', () => {
    expect(names(['a'], '不存在')).toEqual([])
  })
})
