import { beforeEach, describe, expect, it } from 'vitest'
import { type Component, h } from 'vue'

import { button, press, settle, show, text } from '#test/mount'
import { refusal } from '#test/samples'

import DataTable from './DataTable.vue'
import type { Column } from './types'

interface Row {
  id: string
  title: string
}

const columns: Column[] = [{ key: 'title', title: '标题', fixed: true }, { key: 'unit', title: '单位', sort: 'unit' }, { key: 'due', title: '期限' }]
const rows: Row[] = [{ id: 'a', title: '甲' }, { id: 'b', title: '乙' }, { id: 'c', title: '丙' }]
const base = { label: '表', view: 'test', columns, rowKey: (r: Row) => r.id, rowName: (r: Row) => r.title, rowTo: (r: Row) => `/rows/${r.id}`, selectable: true }
const slots = { 'cell-title': ({ row }: { row: Row }) => h('span', row.title), bulk: ({ rows: chosen }: { rows: Row[] }) => h('b', chosen.map((r) => r.id).join()), 'cell-unit': () => 'U', 'cell-due': () => 'D' }
const page = { total: 3, total_is_exact: true, prev_cursor: null, next_cursor: 'n' }
const table = (props: Record<string, unknown> = {}) => show(DataTable as unknown as Component, { props: { ...base, rows, page, ...props }, slots })
const headings = () => [...document.querySelectorAll('th')].map((th) => th.textContent?.trim()).filter(Boolean)
const active = () => document.querySelector('[aria-current="true"]')?.textContent

describe('DataTable by keyboard', () => {
  it('moves with j and k and stops at the ends', async () => {
    await table()
    press('j')
    await settle()
    expect(active()).toContain('甲')
    press('j')
    press('j')
    press('j')
    await settle()
    expect(active()).toContain('丙')
    press('k')
    await settle()
    expect(active()).toContain('乙')
  })

  it('selects with x and opens with Enter', async () => {
    const { router } = await table()
    press('j')
    press('j')
    press('x')
    await settle()
    expect(text()).toContain('已选 1 条')
    expect(document.querySelector('.foot b')?.textContent).toBe('b')
    press('Enter')
    await settle()
    expect(router.currentRoute.value.path).toBe('/rows/b')
  })

  it('shows its keys on ?', async () => {
    await table()
    press('?')
    await settle()
    expect(text()).toContain('键盘操作')
  })

  it('keeps quiet while somebody types, and for shortcuts of the browser', async () => {
    await table()
    const input = document.createElement('input')
    document.body.append(input)
    press('j', {}, input)
    press('j', { ctrlKey: true })
    await settle()
    expect(active()).toBeUndefined()
  })
})

describe('DataTable by mouse', () => {
  it('opens the row that is clicked, but not when a control in it is', async () => {
    const { page: wrapper, router } = await table()
    await wrapper.findAll('tbody tr')[1]?.find('input').trigger('click')
    await settle()
    expect(router.currentRoute.value.path).toBe('/here')
    await wrapper.findAll('tbody tr')[1]?.trigger('click')
    await settle()
    expect(router.currentRoute.value.path).toBe('/rows/b')
  })

  it('selects the page and clears the selection', async () => {
    const { page: wrapper } = await table()
    await wrapper.get('thead input').trigger('change')
    expect(text()).toContain('已选 3 条')
    button('取消选择').click()
    await settle()
    expect(text()).not.toContain('已选')
  })

  it('asks for the other direction of the sorted column', async () => {
    const { page: wrapper } = await table({ sort: 'unit' })
    expect(wrapper.get('th[aria-sort]').attributes('aria-sort')).toBe('ascending')
    button('按单位排序').click()
    expect(wrapper.emitted('sort')).toEqual([['-unit']])
  })

  it('turns pages only where there are any', async () => {
    const { page: wrapper } = await table()
    expect(button('上一页').disabled).toBe(true)
    button('下一页').click()
    expect(wrapper.emitted('turn')).toEqual([['n']])
  })
})

describe('DataTable’s columns', () => {
  beforeEach(() => localStorage.setItem('xn.columns.test', JSON.stringify({ order: ['due', 'title', 'unit'], hidden: ['unit', 'title'], shown: [] })))

  it('come back as this device remembers them; a fixed one cannot be hidden', async () => {
    await table()
    expect(headings()).toEqual(['期限', '标题'])
  })

  it('belong to their view', async () => {
    await table({ view: 'other' })
    expect(headings()).toEqual(['标题', '单位', '期限'])
  })
})

describe('DataTable’s states', () => {
  it('waits with placeholders, not with an empty table', async () => {
    await table({ rows: undefined, page: undefined })
    expect(document.querySelector('.waiting')).not.toBeNull()
    expect(text()).not.toContain('没有符合条件的记录')
  })

  it('says what to do when nothing matches', async () => {
    await table({ rows: [], page: { ...page, total: 0, next_cursor: null } })
    expect(text()).toContain('换一个条件')
  })

  it('says what happened and offers another try', async () => {
    const { page: wrapper } = await table({ rows: undefined, problem: refusal(503, 'kit.unavailable', '数据库正在维护') })
    expect(text()).toContain('数据库正在维护')
    expect(text()).toContain('代码 kit.unavailable')
    button('重试').click()
    expect(wrapper.emitted('retry')).toHaveLength(1)
  })

  it('says “about” when the count is not exact', async () => {
    await table({ page: { ...page, total: 10_000, total_is_exact: false } })
    expect(text()).toContain('约 10,000 条')
  })
})
