import { afterEach, describe, expect, it } from 'vitest'

import en from './labels/en'
import zh from './labels/zh-CN'
import { speak, t } from './speech'

type Tree = { [key: string]: string | Tree }

function leaves(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[path + key, value] as [string, string]] : leaves(value, `${path}${key}.`)))
}

const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort()

describe('words', () => {
  const english = new Map(leaves(en))

  afterEach(() => speak('zh-CN'))

  it.each(leaves(zh))('%s exists in both languages with the same places', (key, text) => {
    expect(english.get(key), key).toBeTruthy()
    expect(places(english.get(key) ?? '')).toEqual(places(text))
  })

  it('has no key in one language only', () => {
    expect([...english.keys()].sort()).toEqual(leaves(zh).map(([key]) => key).sort())
  })

  it('fills in places, leaves unknown ones, and switches language', async () => {
    await speak('zh-CN')
    expect(t('portal.stepOf', { step: 2, total: 6 })).toBe('第 2 步，共 6 步')
    expect(t('portal.hotline')).toContain('{tel}')
    await speak('en')
    expect(t('portal.stepOf', { step: 2, total: 6 })).toBe('Step 2 of 6')
    expect(document.documentElement.lang).toBe('en')
    expect(localStorage.getItem('xn.locale')).toBe('en')
  })
})
