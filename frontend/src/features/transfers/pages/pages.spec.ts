import { http, HttpResponse } from 'msw'
import { describe, expect, it, vi } from 'vitest'

import type { ApprovalRead, ExportRead } from '@/api/types'
import { button, show, soon, text } from '#test/mount'
import { pageOf } from '#test/samples'
import { server } from '#test/server'

import ApprovalsPage from './ApprovalsPage.vue'
import ExportsPage from './ExportsPage.vue'

const LIST = '*/api/v1/exports'
const done: ExportRead = {
  id: 'e1', rev: 4, kind: 'cases', title: '诉求清单', state: 'done', with_personal: false, reason: null, rows_done: 1204, rows_total: 1204, failure: null, failure_title: null, decided_by_name: null, decided_at: null, decision: null,
  file: { id: 'f1', name: '诉求清单_20261125.xlsx', size: 4000, media_type: 'x' }, expires_at: '2026-11-28T10:00:00+08:00', created_at: '2026-11-25T10:00:00+08:00', finished_at: '2026-11-25T10:01:00+08:00',
}
const running: ExportRead = { ...done, id: 'e2', state: 'running', rows_done: 400, rows_total: 1000, file: null, expires_at: null, finished_at: null }

describe('ExportsPage', () => {
  it('shows how far an export is and stops it', async () => {
    let stopped = ''
    server.use(
      http.get(LIST, () => HttpResponse.json(pageOf([{ ...running, ...(stopped ? { state: 'cancelled' } : {}) }]))),
      http.post(`${LIST}/:id/actions/cancel`, ({ params }) => {
        stopped = String(params['id'])
        return HttpResponse.json({ ...running, state: 'cancelled' })
      }),
    )
    await show(ExportsPage)
    expect(text()).toContain('40%')
    expect(text()).toContain('400 / 1,000 行')
    button('停止').click()
    await soon(() => expect(text()).toContain('已停止'))
    expect(stopped).toBe('e2')
  })

  it('takes the file of a finished one, and says so when that fails', async () => {
    server.use(http.get(LIST, () => HttpResponse.json(pageOf([done]))))
    const download = vi.fn().mockRejectedValueOnce(new Error('gone')).mockResolvedValue(undefined)
    await show(ExportsPage, { lookups: { download } })
    button('下载 诉求清单_20261125.xlsx').click()
    await soon(() => expect(document.querySelector('[role=alert]')).toBeTruthy())
    button('下载 诉求清单_20261125.xlsx').click()
    await soon(() => expect(download).toHaveBeenCalledTimes(2))
    expect(document.querySelector('[role=alert]')).toBeNull()
  })

  it('tells why an export failed', async () => {
    server.use(http.get(LIST, () => HttpResponse.json(pageOf([{ ...running, state: 'failed', failure: 'transfers.no_longer_allowed', failure_title: '申请人已无权读取这些数据' }]))))
    await show(ExportsPage)
    expect(text()).toContain('申请人已无权读取这些数据')
  })

  it('says what waits for a second person, and why one did not agree', async () => {
    const refused: ExportRead = { ...running, id: 'e3', state: 'refused', decided_by_name: '秦望舒', decided_at: '2026-11-25T11:00:00+08:00', decision: '请改用隐去的清单' }
    server.use(http.get(LIST, () => HttpResponse.json(pageOf([{ ...running, state: 'to_approve' }, refused]))))
    await show(ExportsPage)
    expect(text()).toContain('由领导批准后开始写')
    expect(text()).toContain('秦望舒 11月25日 11:00 不批准：请改用隐去的清单')
    expect(button('停止')).toBeTruthy()
  })
})

const approval: ApprovalRead = {
  id: 'e4', rev: 1, kind: 'cases', title: '诉求清单', requested_name: '方致远', created_at: '2026-11-25T10:00:00+08:00', with_personal: true, reason: '逐一回访群众', rows_total: 2400,
  narrowed: [{ title: '状态', text: '待派发' }], available_actions: [{ action: 'approve', title: '批准', needs_reason: false }, { action: 'refuse', title: '不批准', needs_reason: true }],
}

describe('ApprovalsPage', () => {
  it('shows who wants what and why, and sends the decision for the revision that was read', async () => {
    const sent: unknown[] = []
    server.use(
      http.get('*/api/v1/export-approvals', () => HttpResponse.json(pageOf(sent.length ? [] : [approval]))),
      http.post('*/api/v1/export-approvals/:id/actions/approve', ({ params, request }) => {
        sent.push([params['id'], request.headers.get('if-match')])
        return new HttpResponse(null, { status: 204 })
      }),
    )
    await show(ApprovalsPage)
    for (const said of ['2,400 行', '状态：待派发', '逐一回访群众', '方致远 11月25日 10:00 申请', '含个人信息']) expect(text()).toContain(said)
    button('批准').click()
    await soon(() => expect(text()).toContain('只有申请人可以下载'))
    ;[...document.querySelectorAll<HTMLButtonElement>('[role=dialog] button')].find((b) => b.textContent?.trim() === '批准')?.click()
    await soon(() => expect(text()).toContain('没有等待审批的导出'))
    expect(sent).toEqual([['e4', '"1"']])
  })

  it('offers nothing on what oneself asked for', async () => {
    server.use(http.get('*/api/v1/export-approvals', () => HttpResponse.json(pageOf([{ ...approval, available_actions: [] }]))))
    await show(ApprovalsPage)
    expect(text()).toContain('自己申请的由他人审批')
  })
})
