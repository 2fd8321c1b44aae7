import { beforeEach, describe, expect, it, vi } from 'vitest'

import { button, settle, show, text } from '#test/mount'

import { columnsOf } from '../composables/columns'
import type { SavedView, ViewSettings, ViewStore } from '../composables/views'
import ViewTabs from './ViewTabs.vue'

const COLUMNS = { order: ['no'], hidden: ['stars'], shown: [] }
const own: SavedView = { id: 'v1', rev: 3, title: '我的超期', filters: { due: 'overdue' }, sort: 'due_at', columns: COLUMNS, is_default: false, is_shared: false, is_own: true, owner_name: '罗知秋' }
const props = (values: Record<string, string>) => ({ name: 'cases', builtin: [{ id: 'all', title: '全部', filters: {} }], values })

function store(views: SavedView[]) {
  const kept: [string, ViewSettings][] = []
  const views_: ViewStore = {
    list: () => Promise.resolve(views),
    create: (name, settings) => Promise.resolve(kept.push([name, settings])),
    change: vi.fn(() => Promise.resolve()),
    remove: vi.fn(() => Promise.resolve()),
  }
  return { kept, views: views_ }
}
const input = () => document.querySelector<HTMLInputElement>('input[aria-label=视图名称]')

beforeEach(() => localStorage.clear())

describe('ViewTabs', () => {
  it('keeps filters, order and columns under a name', async () => {
    localStorage.setItem('xn.columns.cases', JSON.stringify(COLUMNS))
    const { kept, views } = store([])
    await show(ViewTabs, { props: props({ status: 'to_sign' }), at: '/cases?status=to_sign&sort=-due_at', lookups: { views } })
    button('保存当前视图').click()
    await settle()
    const field = input()
    if (!field) throw new Error('no field')
    field.value = '待签收的'
    field.dispatchEvent(new Event('input'))
    button('保存').click()
    await settle()
    expect(kept).toEqual([['cases', { title: '待签收的', filters: { status: 'to_sign' }, sort: '-due_at', columns: COLUMNS, is_default: false, is_shared: false }]])
  })

  it('shows a view with its order and columns', async () => {
    const { page } = await show(ViewTabs, { props: props({}), at: '/cases?status=closed', lookups: { views: store([own]).views } })
    button('我的超期').click()
    expect(page.findComponent(ViewTabs).emitted('show')).toEqual([[{ due: 'overdue', sort: 'due_at' }]])
    expect(columnsOf('cases')).toEqual(COLUMNS)
  })

  it('marks the view that was opened, where another looks at the same', async () => {
    const late = { id: 'overdue', title: '已超期', filters: { due: 'overdue' } }
    await show(ViewTabs, { props: { ...props({ due: 'overdue' }), builtin: [late] }, at: '/cases?due=overdue', lookups: { views: store([own]).views } })
    expect(button('已超期').getAttribute('aria-current')).toBe('true')
    button('我的超期').click()
    await settle()
    expect([button('已超期').getAttribute('aria-current'), button('我的超期').getAttribute('aria-current')]).toEqual([null, 'true'])
    expect(document.querySelector('[aria-label="设置视图“我的超期”"]')).not.toBeNull()
  })

  it('opens the default by itself, but not over an address that says what to show', async () => {
    const views = [{ ...own, is_default: true }]
    const bare = await show(ViewTabs, { props: props({}), at: '/cases', lookups: store(views) })
    expect(bare.page.findComponent(ViewTabs).emitted('show')).toHaveLength(1)
    const sent = await show(ViewTabs, { props: props({ status: 'closed' }), at: '/cases?status=closed', lookups: store(views) })
    expect(sent.page.findComponent(ViewTabs).emitted('show')).toBeUndefined()
  })

  it('lets its owner change and delete a view, and nobody else', async () => {
    const { views } = store([own, { ...own, id: 'v2', title: '科里的', filters: { q: 'x' }, is_own: false, is_shared: true }])
    await show(ViewTabs, { props: props({ due: 'overdue' }), at: '/cases?due=overdue', lookups: { views } })
    button('设置视图“我的超期”').click()
    await settle()
    button('删除').click()
    await settle()
    expect(views.remove).toHaveBeenCalledWith(own)
    expect(text()).toContain('科里的')
  })

  it('offers no settings on what a colleague shares', async () => {
    await show(ViewTabs, { props: props({ due: 'overdue' }), at: '/cases?due=overdue', lookups: store([{ ...own, is_own: false, is_shared: true }]) })
    expect(document.querySelector('button[title="罗知秋 共享"]')).toBeTruthy()
    expect(document.querySelector('.add')).toBeNull()
  })
})
