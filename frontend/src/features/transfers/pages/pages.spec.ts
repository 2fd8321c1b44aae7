import { http, HttpResponse } from 'msw'
import { describe, expect, it, vi } from 'vitest'

import type { ExportRead } from '@/api/types'
import { button, show, soon, text } from '#test/mount'
import { pageOf } from '#test/samples'
import { server } from '#test/server'

import ExportsPage from './ExportsPage.vue'

const LIST = '*/api/v1/exports'
const done: ExportRead = {
  id: 'e1', rev: 4, kind: 'cases', title: '诉求清单', state: 'done', with_personal: false, reason: null, rows_done: 1204, rows_total: 1204, failure: null, failure_title: null,
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
})
