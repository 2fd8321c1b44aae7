import { http, HttpResponse } from 'msw'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { CaseRead } from '@/api/types'
import { button, press, settle, show, soon, text } from '#test/mount'
import { listedCase, oneCase, onePart, pageOf, problem } from '#test/samples'
import { server } from '#test/server'

import CaseListPage from './CaseListPage.vue'
import CasePage from './CasePage.vue'
import IntakePage from './IntakePage.vue'

const LIST = '*/api/v1/cases'
const ONE = '*/api/v1/cases/c1'

describe('CaseListPage', () => {
  it('asks for what the URL says and shows what came', async () => {
    const asked: URLSearchParams[] = []
    server.use(http.get(LIST, ({ request }) => {
      asked.push(new URL(request.url).searchParams)
      return HttpResponse.json(pageOf([listedCase]))
    }))
    await show(CaseListPage, { at: '/cases?status=to_sign&q=噪声&unit_id=u2&cursor=n2' })
    await soon(() => expect(text()).toContain('城南市场夜间噪声反复扰民'))
    expect(Object.fromEntries(asked[0] ?? [])).toEqual({ status: 'to_sign', q: '噪声', unit_id: 'u2', cursor: 'n2', sort: 'due_at', limit: '20', with_total: 'true' })
    expect(text()).toContain('还剩 2 个工作日')
  })

  it('starts again at the first page when a view is chosen', async () => {
    server.use(http.get(LIST, () => HttpResponse.json(pageOf([listedCase]))))
    const { router } = await show(CaseListPage, { at: '/cases?cursor=n2&q=噪声' })
    button('已超期').click()
    await soon(() => expect(router.currentRoute.value.query).toEqual({ due: 'overdue' }))
  })

  it.each([[[], false], [['case:create'], true]])('offers registering to permissions %j: %s', async (permissions, offered) => {
    server.use(http.get(LIST, () => HttpResponse.json(pageOf([]))))
    await show(CaseListPage, { at: '/cases', permissions })
    expect(text().includes('登记诉求')).toBe(offered)
  })
})

describe('CasePage', () => {
  let current: CaseRead
  beforeEach(() => {
    current = { ...oneCase }
    server.use(
      http.get(ONE, () => HttpResponse.json(current)),
      http.get(`${ONE}/records`, () => HttpResponse.json({ items: [] })),
      http.get(`${ONE}/timeline`, () => HttpResponse.json(pageOf([]))),
      http.get('*/api/v1/rectification-items', () => HttpResponse.json(pageOf([]))),
      http.get('*/api/v1/desk', () => HttpResponse.json({})),
    )
  })
  const open = async (at = '/cases/c1') => {
    const shown = await show(CasePage, { props: { id: 'c1' }, at })
    await soon(() => expect(text()).toContain('每晚十点以后仍在装卸货物。'))
    return shown
  }

  it('draws exactly the actions the server offers, the next step first', async () => {
    current.available_actions = [{ action: 'return', needs_reason: true, title: '退回' }, { action: 'freeze', needs_reason: false, title: '冻结' }, { action: 'sign', needs_reason: false, title: '签收' }]
    await open()
    const names = [...document.querySelectorAll('.bar button')].map((b) => b.textContent?.trim())
    expect(names).toEqual(['签收', '退回', '冻结'])
  })

  it('runs an action without questions at once, with the revision on screen', async () => {
    let match: string | null = null
    server.use(http.post(`${ONE}/actions/sign`, ({ request }) => {
      match = request.headers.get('If-Match')
      current = { ...current, status: 'handling', rev: 8, available_actions: [{ action: 'reply', needs_reason: false, title: '答复' }] }
      return HttpResponse.json(current)
    }))
    await open()
    button('签收').click()
    await soon(() => expect(text()).toContain('办理中'))
    expect(match).toBe('"7"')
    expect(button('答复')).toBeTruthy()
  })

  it('shows the case anew when somebody else was faster, and keeps the reason typed', async () => {
    server.use(http.post(`${ONE}/actions/return`, () => {
      current = { ...current, status: 'registered', rev: 9, available_actions: [] }
      return HttpResponse.json(problem(412, 'kit.stale', '这件诉求刚刚被别人改动过'), { status: 412 })
    }))
    await open()
    button('退回').click()
    await settle()
    expect(text()).toContain('每件最多退回两次')
    const area = document.querySelector('textarea') as HTMLTextAreaElement
    area.value = '不属于本单位职责'
    area.dispatchEvent(new Event('input'))
    await settle()
    press('Enter', { ctrlKey: true }, area)
    await soon(() => expect(text()).toContain('这件诉求刚刚被别人改动过'))
    await soon(() => expect(text()).toContain('待派发'))
    expect(area.value).toBe('不属于本单位职责')
  })

  it('shows every unit with its part, and acts on a part with the revision of the part', async () => {
    const sent: [string, string | null][] = []
    current.assignments = [{ ...onePart, id: 'a1', part: 'lead', unit: current.lead_unit, answers_to: null, available_actions: [] }, onePart, { ...onePart, id: 'a0', part: 'lead', status: 'returned', ended_at: onePart.dispatched_at, end_reason: '不属于本单位职责', available_actions: [] }]
    server.use(http.post('*/api/v1/cases/c1/assignments/:id/actions/sign', ({ request, params }) => {
      sent.push([String(params['id']), request.headers.get('If-Match')])
      current = { ...current, assignments: [{ ...onePart, status: 'signed', rev: 4, available_actions: [] }] }
      return HttpResponse.json(current.assignments[0])
    }))
    await open()
    expect(text()).toContain('已结束的 1 项')
    const parts = [...document.querySelectorAll('.part')].map((part) => part.textContent ?? '')
    expect(parts[1]).toContain('向区城市管理局反馈')
    document.querySelectorAll('.part')[1]?.querySelector('button')?.click()
    await soon(() => expect(text()).toContain('已签收'))
    expect(sent).toEqual([['a2', '"3"']])
  })

  it('opens the form the desk asked for, once', async () => {
    const { router } = await open('/cases/c1?do=return')
    await soon(() => expect(text()).toContain('每件最多退回两次'))
    await soon(() => expect(router.currentRoute.value.query).toEqual({}))
  })

  it('does not open a form the server does not offer', async () => {
    await open('/cases/c1?do=close')
    await settle()
    expect(text()).not.toContain('办结后不能再改动')
  })

  it('says that a case is missing instead of showing an empty page', async () => {
    server.use(http.get(ONE, () => HttpResponse.json(problem(404, 'kit.not_found', '没有找到这件诉求'), { status: 404 })))
    await show(CasePage, { props: { id: 'c1' } })
    await soon(() => expect(text()).toContain('没有找到这件诉求'))
    expect(text()).toContain('或者你没有查看的权限')
  })
})

describe('IntakePage', () => {
  const type = async (id: string, value: string) => {
    const input = document.getElementById(id) as HTMLInputElement
    input.value = value
    input.dispatchEvent(new Event('input', { bubbles: true }))
    await settle()
  }
  const save = () => press('Enter', { ctrlKey: true }, document.getElementById('intake-content') as HTMLElement)
  beforeEach(() => server.use(http.get(LIST, () => HttpResponse.json(pageOf([])))))
  afterEach(() => sessionStorage.clear())

  it('saves with Ctrl+Enter, clears, and is ready for the next call', async () => {
    const bodies: unknown[] = []
    server.use(http.post(LIST, async ({ request }) => {
      bodies.push(await request.json())
      return HttpResponse.json({ ...oneCase, no: '2026-11-0400' }, { status: 201 })
    }))
    await show(IntakePage, { at: '/cases/new' })
    expect(document.activeElement?.id).toBe('intake-phone')
    await type('intake-phone', '13800005621')
    await type('intake-content', '路灯不亮三周了。请尽快修。')
    save()
    await soon(() => expect(text()).toContain('2026-11-0400'))
    expect(bodies).toEqual([expect.objectContaining({ title: '路灯不亮三周了', caller: { phone: '13800005621' }, channel: 'hotline_12345' })])
    expect((document.getElementById('intake-content') as HTMLTextAreaElement).value).toBe('')
    expect(document.activeElement?.id).toBe('intake-phone')
  })

  it('marks what is missing and sends nothing', async () => {
    await show(IntakePage, { at: '/cases/new' })
    save()
    await soon(() => expect(text()).toContain('请写下诉求内容'))
    expect(document.getElementById('intake-content')?.getAttribute('aria-invalid')).toBe('true')
  })

  it('keeps everything when saving fails and repeats with the same key', async () => {
    const keys: (string | null)[] = []
    server.use(http.post(LIST, ({ request }) => {
      keys.push(request.headers.get('Idempotency-Key'))
      return HttpResponse.json(problem(503, 'kit.unavailable', '系统正忙'), { status: 503 })
    }))
    await show(IntakePage, { at: '/cases/new' })
    await type('intake-phone', '13800005621')
    await type('intake-content', '路灯不亮三周了')
    save()
    await soon(() => expect(text()).toContain('你填写的内容还在这里'))
    save()
    await soon(() => expect(keys).toHaveLength(2))
    expect(keys[0]).toBe(keys[1])
    expect((document.getElementById('intake-content') as HTMLTextAreaElement).value).toBe('路灯不亮三周了')
  })
})
