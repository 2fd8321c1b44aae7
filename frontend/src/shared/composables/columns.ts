/** Which columns of a table are shown and in which order, remembered on this device per view. */
import { computed, ref, watch } from 'vue'

import type { Column } from '../ui/types'

interface Choice {
  order: string[]
  hidden: string[]
  shown: string[]
}

function read(key: string): Choice | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as Choice | null
  } catch {
    return null
  }
}

export function useColumns(view: () => string, all: () => readonly Column[]) {
  const storage = () => `xn.columns.${view()}`
  const choice = ref<Choice | null>(read(storage()))
  watch(view, () => (choice.value = read(storage())))

  const ordered = computed(() => {
    const place = (column: Column) => {
      const at = choice.value?.order.indexOf(column.key) ?? -1
      return at < 0 ? all().indexOf(column) : at
    }
    return [...all()].sort((a, b) => place(a) - place(b))
  })
  const isShown = (column: Column) => column.fixed === true || !choice.value?.hidden.includes(column.key)
  /** Narrow screens drop `wide` columns unless somebody asked for them. */
  const dropsBelow = (column: Column) => (choice.value?.shown.includes(column.key) ? undefined : column.wide)
  const visible = computed(() => ordered.value.filter(isShown))

  function keep(next: Choice) {
    choice.value = next
    localStorage.setItem(storage(), JSON.stringify(next))
  }
  function current(): Choice {
    return choice.value ?? { order: ordered.value.map((c) => c.key), hidden: [], shown: [] }
  }
  function toggle(column: Column, on: boolean) {
    const { order, hidden, shown } = current()
    const others = (list: string[]) => list.filter((key) => key !== column.key)
    keep({ order, hidden: on ? others(hidden) : [...others(hidden), column.key], shown: on ? [...others(shown), column.key] : others(shown) })
  }
  function move(column: Column, by: -1 | 1) {
    const order = ordered.value.map((c) => c.key)
    const from = order.indexOf(column.key)
    const [key] = order.splice(from, 1)
    if (key !== undefined) order.splice(from + by, 0, key)
    keep({ ...current(), order })
  }
  function reset() {
    choice.value = null
    localStorage.removeItem(storage())
  }
  return { ordered, visible, isShown, dropsBelow, toggle, move, reset }
}
