import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import type { ImportRead } from '@/api/types'
import { button, show, soon, text } from '#test/mount'
import { pageOf, problem } from '#test/samples'
import { server } from '#test/server'

import ImportPage from './ImportPage.vue'
import ImportsPage from './ImportsPage.vue'

const ONE = '*/api/v1/imports/i1'
const field = (name: string, title: string, required = false) => ({ name, title, kind: 'text' as const, required })
const mapping: ImportRead = {
  id: 'i1', rev: 3, kind: 'cases', title: '诉求', state: 'mapping', source: 'city_2015', file_name: '清单.csv', sheets: [], sheet: null, encoding: 'gb18030', headers: ['编号', '主题', '备注'], samples: [['A1', '路灯不亮', '']],
  fields: [field('external_no', '来源编号'), field('title', '标题', true), field('kind', '类型', true)], mapping: { external_no: '编号', title: '主题' }, constants: {},
  rows_total: null, rows_done: 0, rows_added: 0, rows_known: 0, rows_changed: 0, rows_undone: 0, undoable: false, rows_refused: 0, errors: 0, warnings: 0, report: null, failure: null, failure_title: null, created_at: '2026-11-25T10:00:00+08:00', finished_at: null,
}
const checked: ImportRead = { ...mapping, state: 'checked', rev: 5, rows_total: 9, rows_done: 9, rows_added: 5, rows_known: 1, rows_refused: 3, errors: 3, warnings: 1, report: { id: 'f9', name: '问题.xlsx', size: 10, media_type: 'x' } }
const fault = { number: 1, row: 6, column: '结案时间', severity: 'error' as const, code: 'closed_before_received', text: '办结时间早于受理时间', value: '2015-03-01 09:00' }

describe('ImportPage', () => {
  it('sends the columns it shows, with what is the same in every row, and the revision on screen', async () => {
    let sent: unknown
    let match: string | null = null
    server.use(
      http.get(ONE, () => HttpResponse.json(sent ? { ...mapping, state: 'checking', rows_done: 4, rows_total: 9 } : mapping)),
      http.post(`${ONE}/actions/check`, async ({ request }) => {
        sent = await request.json()
        match = request.headers.get('If-Match')
        return HttpResponse.json({ ...mapping, state: 'checking' })
      }),
    )
    await show(ImportPage, { props: { id: 'i1' } })
    expect(text()).toContain('文件编码：GB18030')
    expect(text()).toContain('路灯不亮')
    const kind = document.querySelector<HTMLInputElement>('input[aria-label="“类型”每行相同的值"]')
    if (!kind) throw new Error('there is no field for a constant')
    kind.value = '投诉'
    kind.dispatchEvent(new Event('input'))
    button('试导入').click()
    await soon(() => expect(text()).toContain('正在试导入，已看 4 行'))
    expect(sent).toEqual({ mapping: { external_no: '编号', title: '主题' }, constants: { kind: '投诉' } })
    expect(match).toBe('"3"')
  })

  it('says which field of the mapping is wrong', async () => {
    const errors = [{ path: 'body.mapping.kind', code: 'missing', message: '必填项没有对应的列' }]
    server.use(
      http.get(ONE, () => HttpResponse.json(mapping)),
      http.post(`${ONE}/actions/check`, () => HttpResponse.json(problem(422, 'transfers.mapping_refused', '列的对应关系有误', { errors }), { status: 422 })),
    )
    await show(ImportPage, { props: { id: 'i1' } })
    button('试导入').click()
    await soon(() => expect(text()).toContain('必填项没有对应的列'))
  })

  it('shows what would happen and every fault by row and column, then writes', async () => {
    let confirmed = false
    server.use(
      http.get(ONE, () => HttpResponse.json(confirmed ? { ...checked, state: 'done' } : checked)),
      http.get(`${ONE}/faults`, () => HttpResponse.json(pageOf([fault]))),
      http.post(`${ONE}/actions/confirm`, () => {
        confirmed = true
        return HttpResponse.json({ ...checked, state: 'importing' })
      }),
    )
    await show(ImportPage, { props: { id: 'i1' } })
    await soon(() => expect(text()).toContain('办结时间早于受理时间'))
    expect(text()).toContain('结案时间')
    expect(button('下载问题清单')).toBeTruthy()
    button('写入 5 行').click()
    await soon(() => expect(text()).toContain('已完成'))
  })
})

describe('ImportsPage', () => {
  it('asks for a file and a source code before it sends anything', async () => {
    server.use(http.get('*/api/v1/imports', () => HttpResponse.json(pageOf([]))))
    await show(ImportsPage)
    button('上传并查看表头').click()
    await soon(() => expect(text()).toContain('请用小写字母或数字开头'))
    expect(text()).toContain('还没有导入过')
  })
})
