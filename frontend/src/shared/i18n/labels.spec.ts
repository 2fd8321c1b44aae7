import { describe, expect, it } from 'vitest'

import { allMessages } from '#test/words'

import type { Messages } from './create'

const sources = import.meta.glob<string>(['/src/**/*.{vue,ts}', '!/src/**/*.spec.ts', '!/src/**/labels/**/*.ts', '!/src/api/**'], { query: '?raw', import: 'default', eager: true })

function flat(tree: Messages, prefix = ''): Map<string, string> {
  return new Map(Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[`${prefix}${key}`, value] as const] : [...flat(value, `${prefix}${key}.`)])))
}

const zh = flat(allMessages['zh-CN'])
const en = flat(allMessages.en)
const branches = new Set([...zh.keys()].flatMap((key) => key.split('.').map((_, i, parts) => parts.slice(0, i).join('.'))))

/** Keys written out, and the fixed beginnings of keys put together from a value. */
function used() {
  const roots = [...new Set([...zh.keys()].map((key) => key.split('.')[0]))].join('|')
  const whole = new RegExp(`'((?:${roots})(?:\\.[\\w-]+)+)'`, 'g')
  const begun = new RegExp(`\`((?:${roots})(?:\\.[\\w-]+)*)\\.\\$\\{`, 'g')
  const find = (pattern: RegExp) => Object.entries(sources).flatMap(([file, code]) => [...code.matchAll(pattern)].map((m) => ({ file, key: m[1] ?? '' })))
  return { whole: find(whole), begun: find(begun) }
}

describe('messages', () => {
  it('have the same keys in Chinese and English', () => {
    expect([...en.keys()].sort()).toEqual([...zh.keys()].sort())
  })

  it('name the same values in both languages', () => {
    const names = (message: string) => [...new Set([...message.matchAll(/\{(\w+)\}/g)].map((m) => m[1]))].sort()
    const differing = [...zh].filter(([key, message]) => names(message).join() !== names(en.get(key) ?? '').join()).map(([key]) => key)
    expect(differing).toEqual([])
  })

  it('exist for every key the code asks for', () => {
    const { whole, begun } = used()
    expect(whole.length).toBeGreaterThan(200)
    const missing = [...whole.filter(({ key }) => !zh.has(key) && !branches.has(key)), ...begun.filter(({ key }) => !branches.has(key))]
    expect(missing).toEqual([])
  })

  it('leave no Chinese sentence in templates and code', () => {
    const hard = Object.entries(sources).filter(([, code]) => /[\u4e00-\u9fff]{2,}/.test(code.replace(/\/\*\*?[\s\S]*?\*\//g, '').replace(/<!--[\s\S]*?-->/g, ''))).map(([file]) => file)
    expect(hard).toEqual([])
  })
})
