import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'

import type { Desk } from '@/api/types'
import { button, show, soon, text } from '#test/mount'
import { deskRow, pageOf, problem } from '#test/samples'
import { server } from '#test/server'

import DeskPage from './DeskPage.vue'

const reply = { ...deskRow, subject_id: 'c2', no: '2026-11-0382', title: '路灯不亮', next_action: { action: 'reply', needs_reason: false, title: '答复' } }
const full = (): Desk => ({ overdue: [deskRow], today: [reply], next: [], counts: { overdue: 1, today: 1, next: 0 } })
let desk: Desk

beforeEach(() => {
  desk = full()
  server.use(http.get('*/api/v1/desk', () => HttpResponse.json(desk)), http.get('*/api/v1/notifications', () => HttpResponse.json(pageOf([]))))
})
const open = async () => {
  await show(DeskPage, { at: '/desk' })
  await soon(() => expect(text()).toContain('接下来'))
}

describe('DeskPage', () => {
  it('shows three groups, each with its own empty words', async () => {
    await open()
    expect([...document.querySelectorAll('.group h2')].map((h) => h.textContent)).toEqual(['已超期1', '今天到期1', '接下来0'])
    expect(text()).toContain('没有等你办的事')
  })

  it('does an action without questions on the spot, and the row leaves', async () => {
    server.use(http.post('*/api/v1/cases/c1/actions/sign', () => {
      desk = { ...desk, overdue: [], counts: { ...desk.counts, overdue: 0 } }
      return HttpResponse.json({})
    }))
    await open()
    button('签收').click()
    await soon(() => expect(text()).toContain('没有超期的事'))
  })

  it('leads to the object for an action that asks something', async () => {
    await open()
    const link = [...document.querySelectorAll('a.act')].find((a) => a.textContent?.trim() === '答复')
    expect(link?.getAttribute('href')).toBe('/cases/c2?do=reply')
  })

  it('says beside the list why an action failed, and keeps the row', async () => {
    server.use(http.post('*/api/v1/cases/c1/actions/sign', () => HttpResponse.json(problem(409, 'cases.illegal_transition', '这件诉求已经被退回'), { status: 409 })))
    await open()
    button('签收').click()
    await soon(() => expect(text()).toContain('这件诉求已经被退回'))
    expect(text()).toContain('城南市场夜间噪声反复扰民')
  })
})
