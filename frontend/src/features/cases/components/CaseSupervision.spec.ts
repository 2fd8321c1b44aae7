import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { show, soon, text } from '#test/mount'
import { oneCase, pageOf } from '#test/samples'
import { server } from '#test/server'

import CaseSupervision from './CaseSupervision.vue'

const links = () => [...document.querySelectorAll('a')].map((one) => one.getAttribute('href'))
const answer = (listings: object[], instructions: object[]) => {
  server.use(http.get('*/api/v1/case-listings', () => HttpResponse.json(pageOf(listings))), http.get('*/api/v1/case-instructions', () => HttpResponse.json(pageOf(instructions))))
}

describe('supervision beside a case', () => {
  it('leads to the listing and to the instructions, says where each stands, and proposes nothing twice', async () => {
    answer([{ id: 'l1', status: 'proposed', lamp: 'green', no: null }], [{ id: 't1', status: 'issued', lamp: 'yellow', text: '请限期解决' }])
    await show(CaseSupervision, { props: { subject: oneCase }, permissions: ['instruction:read', 'listing:propose'] })
    await soon(() => expect(links()).toEqual(['/supervision/listings/l1', '/supervision/instructions?case=c1']))
    for (const words of ['待批准', '请限期解决', '待反馈']) expect(text()).toContain(words)
  })

  it('offers a leader to instruct and the office to propose, and shows nothing to others', async () => {
    answer([], [])
    const { page } = await show(CaseSupervision, { props: { subject: oneCase }, permissions: ['instruction:read', 'instruction:give'] })
    await soon(() => expect(links()).toEqual(['/supervision/instructions?case=c1&do=give']))
    page.unmount()
    await show(CaseSupervision, { props: { subject: oneCase }, permissions: ['case:read'] })
    expect(text()).not.toContain('督办')
  })
})
