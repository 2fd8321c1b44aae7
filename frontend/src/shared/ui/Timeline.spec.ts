import { describe, expect, it } from 'vitest'

import { button, settle, show, text } from '#test/mount'

import Timeline from './Timeline.vue'
import type { TimelineItem } from './types'

const entry = (id: string, at: string, kind: TimelineItem['actor']['kind'], name: string, title: string, reason: string | null = null): TimelineItem => ({ id, at, action: 'urge', actor: { id: null, name, kind }, title, reason, changes: {} })
const entries = [
  entry('3', '2026-11-22T09:00:00+08:00', 'system', '系统', '期限提醒'),
  entry('2', '2026-11-21T17:00:00+08:00', 'person', '何静', '联系群众', '约定周四现场看'),
  entry('1', '2026-11-20T23:30:00Z', 'citizen', '群众', '提交诉求'),
]
const days = () => [...document.querySelectorAll('.day')].map((d) => d.textContent)

describe('Timeline', () => {
  it('names actions in the reader’s language where a feature has the words, and as the server does elsewhere', async () => {
    await show(Timeline, { props: { entries, scope: 'cases' }, locale: 'en' })
    expect(text()).toContain('Urge')
    await show(Timeline, { props: { entries: [{ ...entries[0], action: 'unheard_of' }], scope: 'cases' }, locale: 'en' })
    expect(text()).toContain('期限提醒')
  })

  it('groups by the day in the region and tells who, what and why', async () => {
    await show(Timeline, { props: { entries } })
    expect(days()).toHaveLength(2)
    expect(days()[1]).toContain('11月21日')
    expect(text()).toContain('何静 联系群众')
    expect(text()).toContain('约定周四现场看')
  })

  it('can leave out what the system did', async () => {
    await show(Timeline, { props: { entries } })
    button('人工').click()
    await settle()
    expect(text()).not.toContain('期限提醒')
    expect(text()).toContain('联系群众')
  })

  it('fetches older entries on request', async () => {
    const { page } = await show(Timeline, { props: { entries, more: true } })
    button('更早的记录').click()
    expect(page.emitted('more')).toHaveLength(1)
  })

  it('tells waiting from nothing', async () => {
    const { page } = await show(Timeline, { props: { entries: undefined } })
    expect(page.find('[role=status]').exists()).toBe(true)
    await page.setProps({ entries: [] })
    expect(text()).toContain('还没有记录')
  })
})
