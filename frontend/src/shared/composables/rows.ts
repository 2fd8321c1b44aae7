/** The row cursor and the selection of a table: j k x Enter. */
import { computed, nextTick, ref, watch } from 'vue'

export function useRows<T>(rows: () => readonly T[], keyOf: (row: T) => string) {
  const active = ref<string | null>(null)
  const selected = ref<Set<string>>(new Set())

  watch(rows, (now) => {
    const keys = new Set(now.map(keyOf))
    if (active.value !== null && !keys.has(active.value)) active.value = null
    selected.value = new Set([...selected.value].filter((key) => keys.has(key)))
  })

  const activeRow = computed(() => rows().find((row) => keyOf(row) === active.value))
  const selectedRows = computed(() => rows().filter((row) => selected.value.has(keyOf(row))))
  const allSelected = computed(() => rows().length > 0 && selectedRows.value.length === rows().length)

  function move(by: 1 | -1) {
    const list = rows()
    const from = list.findIndex((row) => keyOf(row) === active.value)
    const to = from < 0 ? 0 : Math.min(Math.max(from + by, 0), list.length - 1)
    const row = list[to]
    if (row === undefined) return
    active.value = keyOf(row)
    void nextTick(() => document.querySelector('[data-active-row]')?.scrollIntoView({ block: 'nearest' }))
  }
  function toggle(key: string) {
    const next = new Set(selected.value)
    if (!next.delete(key)) next.add(key)
    selected.value = next
  }
  function toggleAll() {
    selected.value = allSelected.value ? new Set() : new Set(rows().map(keyOf))
  }
  function clear() {
    selected.value = new Set()
  }
  return { active, activeRow, selected, selectedRows, allSelected, move, toggle, toggleAll, clear }
}
