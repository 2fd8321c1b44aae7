import { beforeAll, describe, expect, it } from 'vitest'

import { startSpeech } from '../speech'
import { type Answers, blankAnswers, derivedTitle, plainPhone, toBody } from './answers'
import { errorsOf, firstOpenStep, MAX, refusedSteps } from './rules'

const answers = (some: Partial<Answers>): Answers => ({ ...blankAnswers(), kind: 'complaint', content: '路灯坏了三个月', identity: 'real_name', phone: '13800000000', ...some })

beforeAll(() => startSpeech())

describe('plainPhone', () => {
  it.each([
    ['138 0000 0000', '13800000000'],
    ['１３８００００００００', '13800000000'],
    ['+86 138-0000-0000', '13800000000'],
    ['0086 13800000000', '13800000000'],
    ['（0571）8800 0000', '057188000000'],
    ['+852 2345 6789', '+85223456789'],
  ])('%s', (typed, plain) => expect(plainPhone(typed)).toBe(plain))
})

describe('a phone number', () => {
  it.each(['13800000000', '0571-88000000', '010 6600 0000', '400 100 1000', '+852 2345 6789'])('%s is taken', (phone) => {
    expect(errorsOf('contact', answers({ phone }))).toEqual({})
  })

  it.each(['1380000000', '12800000000', '88000000', 'abc', '138000000001'])('%s is refused', (phone) => {
    expect(errorsOf('contact', answers({ phone })).phone).toContain('不对')
  })

  it('is asked for by name when it is missing, and the way without it is named', () => {
    expect(errorsOf('contact', answers({ phone: ' ' })).phone).toContain('匿名')
  })

  it('is not asked of somebody anonymous', () => {
    expect(errorsOf('contact', answers({ identity: 'anonymous', phone: '' }))).toEqual({})
  })
})

describe('the account', () => {
  it('must say something', () => {
    expect(errorsOf('what', answers({ content: '  坏了  ' }))).toHaveProperty('content')
  })

  it('is as long as the server takes, counted in characters', () => {
    expect(errorsOf('what', answers({ content: '😀'.repeat(MAX.content) }))).toEqual({})
    expect(errorsOf('what', answers({ content: '字'.repeat(MAX.content + 1) })).content).toContain(String(MAX.content))
  })

  it('gives a title when there is none', () => {
    expect(derivedTitle('  路灯坏了。没有人修。')).toBe('路灯坏了')
    expect(derivedTitle('字'.repeat(40))).toBe(`${'字'.repeat(30)}…`)
    expect(derivedTitle('？？？为什么不修')).toBe('？？？为什么不修')
  })

  it('may have a title of its own, of two characters at least', () => {
    expect(errorsOf('what', answers({ title: '灯' }))).toHaveProperty('title')
    expect(toBody(answers({ title: ' 路灯 ' })).title).toBe('路灯')
  })
})

describe('toBody', () => {
  it('carries no contact when anonymous, even if one was typed', () => {
    const body = toBody(answers({ identity: 'anonymous', name: '周', phone: '13800000000' }))
    expect(body).toMatchObject({ identity: 'anonymous' })
    expect(JSON.stringify(body)).not.toMatch(/138|周|contact/)
  })

  it('says how the person wants to be known', () => {
    expect(toBody(answers({ identity: 'confidential' }))).toMatchObject({ identity: 'confidential', contact: { phone: '13800000000' } })
  })

  it('leaves out what was not answered', () => {
    expect(toBody(answers({}))).toEqual({ kind: 'complaint', title: '路灯坏了三个月', content: '路灯坏了三个月', identity: 'real_name', contact: { phone: '13800000000' } })
  })

  it('drops control characters that would be refused', () => {
    expect(toBody(answers({ content: '路灯\u0000坏了\n三个月' })).content).toBe('路灯坏了\n三个月')
  })
})

describe('steps', () => {
  it('opens the first one without an answer', () => {
    expect(firstOpenStep(blankAnswers())).toBe('kind')
    expect(firstOpenStep(answers({ identity: null }))).toBe('contact')
    expect(firstOpenStep(answers({}))).toBe('review')
  })

  it('finds the ones a server refused', () => {
    expect(refusedSteps({ 'contact.phone': 'x', category_code: 'y' })).toEqual(['category', 'contact'])
  })
})
