import { describe, expect, it } from 'vitest'

import css from './tokens.css?raw'

function block(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`)
  const body = css.slice(start, css.indexOf('\n}', start))
  return Object.fromEntries([...body.matchAll(/--xn-([\w-]+):\s*(#[0-9a-f]{6});/g)].map((m) => [m[1], m[2]]))
}

function luminance(hex: string): number {
  const channel = (i: number) => {
    const c = parseInt(hex.slice(i, i + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

const grounds = ['ground', 'surface', 'hover', 'accent-tint']
const lamps = ['green', 'blue', 'yellow', 'red', 'grey']
const text: [string, string][] = [
  ...['ink', 'ink-2', 'accent', 'accent-hover'].flatMap((ink) => grounds.map((ground): [string, string] => [ink, ground])),
  ...['ground', 'surface', 'hover'].map((ground): [string, string] => ['ink-3', ground]),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['ink', 'grey-tint'],
  ['ink-3', 'grey-tint'],
  ...lamps.flatMap((lamp): [string, string][] => [[lamp, `${lamp}-tint`], [lamp, 'surface'], [lamp, 'ground'], [lamp, 'hover'], [lamp, 'accent-tint'], ['ink', `${lamp}-tint`]]),
]
const shapes: [string, string][] = [['line-field', 'surface'], ['line-field', 'ground'], ['accent', 'surface']]

describe.each([':root', ':root.dark'])('tokens of %s', (selector) => {
  const tokens = block(selector)
  const pair = (a: string, b: string) => contrast(tokens[a] ?? '#000000', tokens[b] ?? '#000000')

  it.each(text)('%s is readable on %s (4.5:1)', (ink, ground) => {
    expect(tokens).toHaveProperty(ink)
    expect(tokens).toHaveProperty(ground)
    expect(pair(ink, ground)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(shapes)('%s is visible on %s (3:1)', (shape, ground) => {
    expect(pair(shape, ground)).toBeGreaterThanOrEqual(3)
  })
})

describe('tokens', () => {
  it('have the same colours in light and dark', () => {
    expect(Object.keys(block(':root.dark')).sort()).toEqual(Object.keys(block(':root')).sort())
  })
})
