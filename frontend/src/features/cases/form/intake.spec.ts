import { describe, expect, it } from 'vitest'
import { nextTick } from 'vue'

import { firstSentence, type Intake, toCase, useIntake, wrongs } from './intake'

const KEY = 'xn.draft.intake'
const filled: Intake = { channel: 'visit', kind: 'complaint', phone: ' 138 0000 5621 ', name: '王晓', identity: 'confidential', content: '路灯不亮三周了。请尽快修。', title: '', place: '', occurred: '2026-11-20T21:30', category: 'city.light', urgency: 'urgent', target: null }

describe('the intake form', () => {
  it('takes the first sentence for a missing title', () => {
    expect(firstSentence('路灯不亮三周了。请尽快修。')).toBe('路灯不亮三周了')
    expect(firstSentence(`${'很'.repeat(60)}`)).toHaveLength(40)
    expect(toCase(filled).title).toBe('路灯不亮三周了')
  })

  it('sends moments on the region’s clock and nothing for what is blank', () => {
    expect(toCase(filled)).toMatchObject({ occurred_at: '2026-11-20T13:30:00.000Z', caller: { name: '王晓', phone: '138 0000 5621' }, place: null, target_unit_id: null, category_code: 'city.light' })
  })

  it('sends no caller of an anonymous case, whatever was typed before', () => {
    expect(toCase({ ...filled, identity: 'anonymous' })).toMatchObject({ identity: 'anonymous', caller: null })
  })

  it.each<[keyof ReturnType<typeof wrongs>, Partial<Intake>]>([['content', { content: ' 路 ' }], ['phone', { phone: '一三八' }], ['caller', { phone: ' ', name: '' }], ['title', { title: '长'.repeat(201) }]])('refuses a wrong %s before the server does', (name, change) => {
    expect(wrongs({ ...filled, ...change })).toEqual({ [name]: true })
  })

  it('has nothing against a complete form', () => {
    expect(wrongs(filled)).toEqual({})
  })
})

describe('the draft', () => {
  it('outlives a reload of the tab', async () => {
    const { form } = useIntake()
    Object.assign(form, { content: '路灯不亮', phone: '138' })
    await nextTick()
    const again = useIntake()
    expect(again.restored).toBe(true)
    expect(again.form.content).toBe('路灯不亮')
  })

  it('is never written for an anonymous caller, and what was there goes', async () => {
    const { form } = useIntake()
    form.content = '举报内容'
    await nextTick()
    expect(sessionStorage.getItem(KEY)).not.toBeNull()
    form.identity = 'anonymous'
    await nextTick()
    await nextTick()
    expect(sessionStorage.getItem(KEY)).toBeNull()
    expect(form.phone).toBe('')
  })

  it('is gone after clearing, while source and kind stay', async () => {
    const { form, clear, key } = useIntake()
    const before = key.value
    Object.assign(form, filled)
    await nextTick()
    clear()
    await nextTick()
    expect(sessionStorage.getItem(KEY)).toBeNull()
    expect(form).toMatchObject({ content: '', phone: '', channel: 'visit', kind: 'complaint', urgency: 'normal' })
    expect(key.value).not.toBe(before)
  })
})
