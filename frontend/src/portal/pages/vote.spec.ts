import { http, HttpResponse } from 'msw'
import { describe, expect, it, vi } from 'vitest'

import { onPost, Portal, problem } from '#test/portal'
import { server } from '#test/server'

const form = { id: 'r1', title: '2026年度民主评议', status: 'open', objects: ['区教育局', '区公安分局'], indicators: ['服务态度'], options: ['满意', '不满意', '不了解'] }
const CODE = 'ABCD-EFGH-JKLM-NPQR'
const answering = (more = {}) => server.use(http.get('*/api/v1/public/evaluations/r1/ballot', () => HttpResponse.json({ ...form, ...more })))

const shows = (portal: Portal, words: string) => vi.waitFor(() => expect(portal.text).toContain(words))

async function filled() {
  answering()
  const portal = await Portal.open('/evaluations/r1/vote')
  await shows(portal, '请输入评议码')
  await portal.page.get('#code').setValue(CODE)
  await portal.page.get('form').trigger('submit')
  await shows(portal, '区教育局')
  await portal.page.findAll('input[type=radio]')[1]?.setValue()
  await portal.page.get('form').trigger('submit')
  await shows(portal, '区公安分局')
  await portal.page.get('form').trigger('submit')
  await shows(portal, '已评 1 个，共 2 个')
  return portal
}

describe('a ballot', () => {
  it('is filled one object after the other, sent once, and answered by a receipt', async () => {
    const sent = onPost('evaluations/r1/ballots', () => HttpResponse.json({ receipt: '00FF00FF00FF00FF' }, { status: 201 }))
    const portal = await filled()
    await portal.page.get('form').trigger('submit')
    await shows(portal, '00FF00FF00FF00FF')
    expect(sent.map(({ key, body }) => ({ key, body }))).toEqual([{ key: null, body: { code: CODE, answers: [[1], [null]] } }])
  })

  it('says why it was not taken and keeps what was chosen', async () => {
    onPost('evaluations/r1/ballots', () => problem(409, 'evaluations.code_unusable', { title: '评议码不对，或者已经用过' }))
    const portal = await filled()
    await portal.page.get('form').trigger('submit')
    await shows(portal, '评议码不对，或者已经用过')
    expect(portal.text).toContain('已评 1 个，共 2 个')
  })

  it('asks for the whole code, and says when it is over', async () => {
    answering()
    const portal = await Portal.open('/evaluations/r1/vote')
    await shows(portal, '请输入评议码')
    await portal.page.get('#code').setValue('ABCD')
    await portal.page.get('form').trigger('submit')
    await shows(portal, '评议码是 16 位')
    answering({ status: 'closed' })
    const late = await Portal.open('/evaluations/r1/vote')
    await shows(late, '评议已经结束')
  })
})
