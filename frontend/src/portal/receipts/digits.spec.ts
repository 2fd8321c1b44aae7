import { describe, expect, it } from 'vitest'

import { grouped, receiptIn, spelled, twoLines, typed } from './digits'

const SECRET = '73025518640917382645'

describe('typed', () => {
  it.each([
    ['4821 0936', '48210936'],
    ['４８２１　０９３６', '48210936'],
    ['4821-0936', '48210936'],
    [' 4821·0936 ', '48210936'],
  ])('%s', (text, digits) => expect(typed(text)).toEqual({ digits, strange: false }))

  it('notices what is no digit', () => {
    expect(typed('4821O936')).toEqual({ digits: '4821936', strange: true })
  })
})

describe('groups', () => {
  it('are of four, on two lines, and read digit by digit', () => {
    expect(grouped('48210936')).toBe('4821 0936')
    expect(twoLines(SECRET)).toEqual(['7302 5518 6409', '1738 2645'])
    expect(spelled('48210936')).toBe('4 8 2 1, 0 9 3 6')
    expect(grouped('482')).toBe('482')
  })
})

describe('receiptIn', () => {
  it.each([
    ['the copied text', `受理凭证 · 群众诉求\n受理号 4821 0936\n查询密码 7302 5518 6409 1738 2645\n诉求编号 2026-0412`],
    ['the copied text as an input field takes it, without its line ends', '受理凭证 · 群众诉求受理号 4821 0936查询密码 7302 5518 6409 1738 2645诉求编号 2026-11-0412'],
    ['English words', 'Receipt number 4821 0936 Passcode 7302-5518-6409-1738-2645 Case number 2026-0412'],
    ['one run of digits', `48210936${SECRET}`],
    ['one line with words, full-width', `受理号４８２１０９３６ 查询密码 7302 5518 6409 1738 2645`],
  ])('reads %s', (_, text) => expect(receiptIn(text)).toEqual({ number: '48210936', secret: SECRET }))

  it.each(['4821 0936', SECRET, '', `4821 093\n${SECRET}`])('does not guess from %j', (text) => expect(receiptIn(text)).toBeNull())
})
