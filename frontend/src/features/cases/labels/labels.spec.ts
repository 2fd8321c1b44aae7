import { describe, expect, it } from 'vitest'

import { speech } from '#test/words'

import { describeEntry } from '.'

const { t } = speech().global
const said = (changes: Record<string, unknown>) => describeEntry((key, named) => t(key, named ?? {}), { changes })

describe('describeEntry', () => {
  it.each([
    [{ unit: '区城市管理局', note: null }, '区城市管理局'],
    [{ reached: false, note: '无人接听' }, '没有联系上 · 无人接听'],
    [{ stars: 1, solved: 'no' }, '1 星，共 5 星 · 没有解决'],
    [{ files: 0 }, ''],
    [{ files: 2 }, '附件 2 个'],
    [{ some_new_field: { deep: true } }, ''],
  ])('reads %j as “%s”', (changes, words) => {
    expect(said(changes)).toBe(words)
  })
})
