/** Views of lists: the built-in ones, those somebody keeps, and those a colleague of the unit shares. */
import { inject, onMounted, ref } from 'vue'

import { LOOKUPS } from '../ui/lookups'
import type { ColumnChoice } from './columns'
import type { Filters } from './filters'

export interface View {
  id: string
  title: string
  filters: Filters
}

/** What one can set about a view. */
export interface ViewSettings {
  title: string
  filters: Filters
  sort: string | null
  columns: ColumnChoice | null
  is_default: boolean
  is_shared: boolean
}

export interface SavedView extends View, ViewSettings {
  rev: number
  is_own: boolean
  owner_name: string
}

/** Where views are kept; an entry provides it with the other lookups. */
export interface ViewStore {
  list: (name: string) => Promise<SavedView[]>
  create: (name: string, settings: ViewSettings) => Promise<unknown>
  change: (view: SavedView, settings: ViewSettings) => Promise<unknown>
  remove: (view: SavedView) => Promise<unknown>
}

/** The saved views of one list; `loaded` is called once they are there for the first time. */
export function useSavedViews(name: string, loaded: (views: readonly SavedView[]) => void) {
  const store = inject(LOOKUPS)?.views
  const saved = ref<SavedView[]>([])
  const problem = ref<unknown>(null)

  async function run(change: () => Promise<unknown> | undefined): Promise<boolean> {
    problem.value = null
    try {
      await change()
      saved.value = (await store?.list(name)) ?? []
      return true
    } catch (failure) {
      problem.value = failure
      return false
    }
  }
  onMounted(async () => {
    if (await run(() => undefined)) loaded(saved.value)
  })
  return {
    saved,
    problem,
    create: (settings: ViewSettings) => run(() => store?.create(name, settings)),
    change: (view: SavedView, settings: ViewSettings) => run(() => store?.change(view, settings)),
    remove: (view: SavedView) => run(() => store?.remove(view)),
  }
}
