import { describe, expect, it } from 'vitest'

import { button, press, settle, show, soon, text } from '#test/mount'
import { refusal } from '#test/samples'

import ActionDialog from './ActionDialog.vue'
import type { Dialogue } from './types'

const dialogue: Dialogue = {
  action: 'return', title: '退回', consequence: '每件只能退回一次。',
  fields: [{ name: 'reason', kind: 'textarea', label: '理由', required: true }, { name: 'reached', kind: 'yesno', label: '联系上了吗', options: [{ value: 'yes', label: '联系上了' }, { value: 'no', label: '没有联系上' }] }, { name: 'file_ids', kind: 'files', label: '附件' }, { name: 'note', kind: 'text', label: '备注' }],
}
const open = (more: Record<string, unknown> = {}) => show(ActionDialog, { props: { dialogue, busy: false, problem: null, ...more } })
const area = () => document.querySelector('textarea') as HTMLTextAreaElement

async function type(value: string) {
  area().value = value
  area().dispatchEvent(new Event('input'))
  await settle()
}

describe('ActionDialog', () => {
  it('says the consequence before anything happens', async () => {
    await open()
    expect(text()).toContain('每件只能退回一次。')
  })

  it('does not send while something is missing, and says what', async () => {
    const { page } = await open()
    await type('   ')
    button('退回').click()
    await settle()
    expect(page.emitted('submit')).toBeUndefined()
    await soon(() => expect(text()).toContain('请填写这一项'))
  })

  it('sends trimmed answers, file ids as a list, and no blank optional ones', async () => {
    const { page } = await open()
    await type('  不属于本单位职责 ')
    button('退回').click()
    expect(page.emitted('submit')).toEqual([[{ reason: '不属于本单位职责', file_ids: [] }]])
  })

  it('turns yes and no into a truth value', async () => {
    const { page } = await open()
    await type('打过电话')
    const no = [...document.querySelectorAll<HTMLInputElement>('input[type=radio]')][1]
    no?.click()
    await settle()
    button('退回').click()
    expect(page.emitted('submit')?.[0]).toEqual([{ reason: '打过电话', reached: false, file_ids: [] }])
  })

  it('submits with Ctrl+Enter, but not twice while busy', async () => {
    const { page } = await open()
    await type('理由充分')
    press('Enter', { ctrlKey: true }, area())
    expect(page.emitted('submit')).toHaveLength(1)
    await page.setProps({ busy: true })
    press('Enter', { ctrlKey: true }, area())
    expect(page.emitted('submit')).toHaveLength(1)
  })

  it('keeps what was typed when the server refuses, and marks the field', async () => {
    const { page } = await open()
    await type('太短')
    await page.setProps({ problem: refusal(422, 'validation', '内容不合规'), fieldProblems: { reason: '理由至少十个字' } })
    await settle()
    expect(area().value).toBe('太短')
    await soon(() => expect(text()).toContain('理由至少十个字'))
    expect(text()).toContain('你填写的内容还在这里。')
  })
})
