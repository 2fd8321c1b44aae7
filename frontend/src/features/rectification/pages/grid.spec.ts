import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'

import type { ItemListItem } from '@/api/types'
import { button, settle, show, soon, text } from '#test/mount'
import { oneItem, pageOf, problem } from '#test/samples'
import { server } from '#test/server'

import AssignDialog from '../components/AssignDialog.vue'
import BulkItems from '../components/BulkItems.vue'
import ItemListPage from './ItemListPage.vue'

const LIST = '*/api/v1/rectification-items'
const person = (id: string) => ({ id, name: `人${id}` })
const item = { ...oneItem, id: 'i1', no: 'ZG-1', status: 'rectifying' as const, rev: 3, responsible_leader: person('l'), responsible_person: person('p'), available_actions: [{ action: 'assign', needs_reason: false, title: '' }] }
const row = item as ItemListItem

beforeEach(() => {
  server.use(http.get('*/api/v1/saved-views', () => HttpResponse.json(pageOf([]))))
})

describe('the ledger as a grid', () => {
  it('asks for what the heads of its columns are set to', async () => {
    const asked: string[] = []
    server.use(http.get(LIST, ({ request }) => {
      asked.push(new URL(request.url).search)
      return HttpResponse.json(pageOf([row]))
    }))
    await show(ItemListPage, { at: '/rectification?progress=half&due_to=2026-12-31' })
    await soon(() => expect(asked.at(-1)).toContain('progress_from=50&progress_to=99'))
    expect(asked.at(-1)).toContain('due_to=2026-12-31')
    expect(document.querySelector('thead .filters [aria-label="状态"]')).not.toBeNull()
  })

  it('tells of each item that a bulk action refused', async () => {
    const result = { done: 1, refused: 1, items: [{ item_id: 'i1', no: 'ZG-1', done: true, code: null, title: null }, { item_id: 'i2', no: null, done: false, code: 'not_found', title: '没有找到' }] }
    server.use(http.post(`${LIST}/actions/bulk_urge`, () => HttpResponse.json(result)))
    await show(BulkItems, { props: { rows: [row, { ...row, id: 'i2', no: 'ZG-2' }] }, permissions: ['item:urge'] })
    button('催办').click()
    await settle()
    const reason = document.querySelector<HTMLTextAreaElement>('.el-dialog textarea')
    if (reason) reason.value = '省里在催'
    reason?.dispatchEvent(new Event('input'))
    await settle()
    document.querySelector('.el-dialog form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
    await soon(() => expect(text()).toContain('1 项没有办成'))
    expect(text()).toContain('ZG-2')
    expect(text()).toContain('没有找到')
  })

  it('shows both versions when somebody saved first', async () => {
    let now = item
    const sent: unknown[] = []
    server.use(
      http.get(`${LIST}/i1`, () => HttpResponse.json(now)),
      http.post(`${LIST}/i1/actions/assign`, async ({ request }) => {
        sent.push([request.headers.get('if-match'), await request.json()])
        if (sent.length > 1) return HttpResponse.json({ ...now, rev: 5 })
        now = { ...item, rev: 4, measures: [{ ...measure, due_on: '2026-11-29' }] }
        return HttpResponse.json(problem(412, 'http.precondition_failed', '内容已被修改'), { status: 412 })
      }),
    )
    const measure = { id: 'm1', seq: 1, text: '甲', owner: person('p'), due_on: '2026-12-01', done_at: null, evidence: [] }
    now = { ...item, measures: [measure] }
    await show(AssignDialog, { props: { id: 'i1' } })
    await soon(() => expect(document.querySelector('#as-d-m1')).not.toBeNull())
    const day = document.querySelector<HTMLInputElement>('#as-d-m1')
    if (day) day.value = '2026-11-27'
    day?.dispatchEvent(new Event('input'))
    await settle()
    button('保存').click()
    await soon(() => expect(text()).toContain('两个版本都在下面'))
    expect(text()).toMatch(/11月27日.*11月29日/s)
    button('用我填的').click()
    await soon(() => expect(sent).toHaveLength(2))
    expect(sent.at(-1)).toEqual(['"4"', { measures: [{ measure_id: 'm1', due_on: '2026-11-27' }] }])
  })
})
