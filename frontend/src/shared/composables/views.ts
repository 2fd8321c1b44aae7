/** Views somebody saved, on this device. */
import { ref } from 'vue'

import type { Filters } from './filters'

export interface View {
  id: string
  title: string
  filters: Filters
  own?: boolean
}

export function useSavedViews(name: string) {
  const key = `xn.views.${name}`
  const saved = ref<View[]>(read())

  function read(): View[] {
    try {
      return JSON.parse(localStorage.getItem(key) ?? '[]') as View[]
    } catch {
      return []
    }
  }
  function keep(next: View[]) {
    saved.value = next
    localStorage.setItem(key, JSON.stringify(next))
  }
  const save = (title: string, filters: Filters) => keep([...saved.value, { id: `own-${Date.now()}`, title, filters: { ...filters }, own: true }])
  const remove = (id: string) => keep(saved.value.filter((view) => view.id !== id))
  return { saved, save, remove }
}
