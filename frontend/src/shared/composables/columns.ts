/** Which columns of a table are shown and in which order, remembered on this device; a saved view brings its own. */
import { computed, ref, watch } from 'vue'

import type { Column } from '../ui/types'

export interface ColumnChoice {
  order: string[]
  hidden: string[]
  shown: string[]
}

const keyOf = (view: string) => `xn.columns.${view}`
/** Counts the choices that came from elsewhere than the table itself. */
const brought = ref(0)

function read(key: string): ColumnChoice | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as ColumnChoice | null
  } catch {
    return null
  }
}

/** The choice of columns of a table as it is now; null where nobody has chosen. */
export const columnsOf = (view: string) => read(keyOf(view))

/** Lets a table show other columns. */
export function bringColumns(view: string, choice: ColumnChoice) {
  localStorage.setItem(keyOf(view), JSON.stringify(choice))
  brought.value += 1
}

export function useColumns(view: () => string, all: () => readonly Column[]) {
  const storage = () => keyOf(view())
  const choice = ref<ColumnChoice | null>(read(storage()))
  watch([view, brought], () => (choice.value = read(storage())))

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

  function keep(next: ColumnChoice) {
    choice.value = next
    localStorage.setItem(storage(), JSON.stringify(next))
  }
  function current(): ColumnChoice {
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
