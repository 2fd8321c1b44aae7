import { describe, expect, it } from 'vitest'

import { findSubjects, groupsOf } from './categories'

const item = (code: string, name: string, parent_code: string | null, sort: number) => ({ code, name, parent_code, sort })
const groups = groupsOf([
  item('0201', '噪声污染', '02', 3),
  item('020101', '夜间施工', '0201', 4),
  item('02', '环境保护', null, 2),
  item('01', '城乡建设', null, 1),
  item('0101', '市政设施', '01', 1),
  item('010101', '路灯照明', '0101', 2),
  item('99', '其他', null, 9),
])

describe('subjects', () => {
  it('are browsed on two levels, in the order of the list', () => {
    expect(groups.map((g) => [g.name, g.subjects.map((s) => s.name)])).toEqual([['城乡建设', ['市政设施']], ['环境保护', ['噪声污染']], ['其他', ['其他']]])
  })

  it('are found on every level, with where they belong', () => {
    expect(findSubjects(groups, '路灯')).toEqual([{ code: '010101', name: '路灯照明', path: '城乡建设 › 市政设施 › 路灯照明' }])
    expect(findSubjects(groups, '施工 环境').map((s) => s.code)).toEqual(['020101'])
    expect(findSubjects(groups, '飞碟')).toEqual([])
  })

  it('put a match in the own name first', () => {
    expect(findSubjects(groups, '噪声').map((s) => s.code)).toEqual(['0201', '020101'])
  })
})
