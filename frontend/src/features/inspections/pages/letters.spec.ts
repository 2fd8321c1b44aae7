import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import type { Schemas } from '@/api/types'
import { button, settle, show, soon, text } from '#test/mount'
import { pageOf } from '#test/samples'
import { server } from '#test/server'

import { contentOf } from '../letters/form'
import LetterEditPage from './LetterEditPage.vue'
import LetterPage from './LetterPage.vue'
import LetterRatesPage from './LetterRatesPage.vue'
import LettersPage from './LettersPage.vue'

const deadline = { kind: 'reply', due_at: '2026-12-21T17:30:00+08:00', overdue: true, provisional: false, paused: false, remaining_working_days: -2, remaining_minutes: -900 }
const row: Schemas['LetterListItem'] = { id: 'l1', no: '明效办建〔2026〕1号', type: 'suggestion', status: 'received', title: '关于窗口服务的整改建议书', to_unit: { id: 'u1', name: '区城市管理局' }, source_type: 'random_check', issued_on: '2026-11-30', deadline, is_overdue: true, is_admonished: false, created_at: '2026-11-29T09:00:00+08:00' }
const letter: Schemas['LetterRead'] = {
  ...row, issuer: { id: 'b', body_id: 'b1', name: '区效能办', mark: '区效能办文件', word: '明效办' }, opening: '经查。', problems: [{ id: 'p1', seq: 1, text: '一次性告知不到位', item_id: null }, { id: 'p2', seq: 2, text: '岗位无人替补', item_id: 'i2' }], requirements: '改正。', legal_basis: null, copies_to: [], files: [], source_id: null, source_label: null, drafted_by_name: '方致远', countersigned_by_name: '秦望舒', issued_by_name: '秦望舒', delivered_at: null, delivery: null, received_at: null, received_by_name: null, replies: [], reviewed_by_name: null, review_note: null, supplement_count: 0, admonished_at: null, proposed_at: null,
  word_file: { id: 'f1', name: '整改建议书.docx', size: 9, media_type: 'x' }, pdf_file: null, pdf_problem: 'documents.fonts_missing', available_actions: [{ action: 'reply_plan', needs_reason: false, title: '报送整改方案' }], rev: 6,
}
const serve = (one = letter) =>
  server.use(
    http.get('*/api/v1/letters/l1', () => HttpResponse.json(one)),
    http.get('*/api/v1/letters/l1/preview', () => HttpResponse.json({ pages: ['AAAA', 'BBBB'] })),
    http.get('*/api/v1/letters/l1/timeline', () => HttpResponse.json(pageOf([]))),
  )

describe('letters', () => {
  it('are listed with their day, and the address narrows them', async () => {
    const asked: string[] = []
    server.use(http.get('*/api/v1/letters', ({ request }) => {
      asked.push(new URL(request.url).search)
      return HttpResponse.json(pageOf([row]))
    }))
    await show(LettersPage, { at: '/letters?is_overdue=true', permissions: ['letter:read'] })
    await soon(() => expect(text()).toContain('明效办建〔2026〕1号'))
    expect(asked[0]).toContain('is_overdue=true')
    expect(text()).not.toContain('拟稿')
  })

  it('show their pages, their items, and say why a PDF is missing', async () => {
    serve()
    await show(LetterPage, { props: { id: 'l1' } })
    await soon(() => expect(document.querySelectorAll('img')).toHaveLength(2))
    expect(document.querySelector('img')?.alt).toBe('第 1 页，共 2 页')
    expect(text()).toContain('服务器没有中文字体')
    expect(document.querySelector('a[href="/rectification/i2"]')).not.toBeNull()
  })

  it('are answered with a plan that takes up problems', async () => {
    serve()
    const sent: unknown[] = []
    server.use(http.post('*/api/v1/letters/l1/actions/reply_plan', async ({ request }) => {
      sent.push(await request.json())
      return HttpResponse.json({ ...letter, status: 'plan_replied', rev: 7 })
    }))
    await show(LetterPage, { props: { id: 'l1' } })
    await soon(() => expect(text()).toContain('一次性告知不到位'))
    button('报送整改方案').click()
    await settle()
    const boxes = document.querySelectorAll<HTMLInputElement>('input[type="checkbox"]')
    expect(boxes).toHaveLength(1)
    expect(sent).toEqual([])
  })

  it('are previewed while they are written, and ask for an issuing body where there is none', async () => {
    server.use(http.post('*/api/v1/letter-previews', () => HttpResponse.json({ type: 'x', title: '没有设置', status: 409, detail: '', instance: '', code: 'letters.no_issuer', request_id: 'r', errors: [], allowed: [] }, { status: 409 })), http.get('*/api/v1/bodies', () => HttpResponse.json(pageOf([]))))
    serve({ ...letter, no: null, status: 'draft' })
    await show(LetterEditPage, { props: { id: 'l1' } })
    await soon(() => expect(text()).toContain('还没有设置发文机关'))
  })

  it('send problems line by line, and the source that found them', () => {
    const body = { problems: ' 甲 \n\n乙', copies_to: '区纪委监委，区委组织部', title: '标题' }
    expect(contentOf(body, { type: 'case', id: 'c1', label: 'SQ1' })).toEqual({ title: '标题', problems: ['甲', '乙'], copies_to: ['区纪委监委', '区委组织部'], source_type: 'case', source_id: 'c1', source_label: 'SQ1' })
  })

  it('are counted by unit with what each share is of', async () => {
    server.use(http.get('*/api/v1/letter-reply-rates', () => HttpResponse.json({ items: [{ unit: { id: 'u1', name: '区城市管理局' }, issued: 4, due: 3, on_time: 2, late: 0, missing: 1, waiting: 1, percent: '66.66' }] })))
    await show(LetterRatesPage)
    await soon(() => expect(text()).toContain('66.66%'))
    expect(text()).toContain('2／3')
  })
})
