/** Filters, sorting and the page cursor live in the URL, so that a view can be sent to a colleague. */
import { computed } from 'vue'
import { type LocationQueryRaw, useRoute, useRouter } from 'vue-router'

export type Filters = Record<string, string>

/** `kept` names what is chosen rather than narrowed: it stays when the filters are cleared. */
export function useUrlFilters(names: readonly string[], kept: readonly string[] = []) {
  const route = useRoute()
  const router = useRouter()

  const values = computed<Filters>(() => {
    const entries = names.map((name) => [name, route.query[name]] as const)
    return Object.fromEntries(entries.filter((e): e is [string, string] => typeof e[1] === 'string' && e[1] !== ''))
  })
  const one = (name: string) => computed(() => (typeof route.query[name] === 'string' ? route.query[name] : undefined))
  const sort = one('sort')
  const cursor = one('cursor')

  function go(changes: Record<string, string | undefined>) {
    const query: LocationQueryRaw = { ...route.query, cursor: undefined, ...changes }
    for (const key of Object.keys(query)) if (!query[key]) delete query[key]
    void router.replace({ query })
  }
  /** Replaces all filters at once (a view); sort may come with it. */
  function show(next: Filters) {
    void router.replace({ query: { ...next } })
  }
  const narrowed = computed(() => Object.fromEntries(Object.entries(values.value).filter(([name]) => !kept.includes(name))))
  const set = (changes: Record<string, string | undefined>) => go(changes)
  const clear = () => go(Object.fromEntries(names.filter((name) => !kept.includes(name)).map((name) => [name, undefined])))
  const turn = (to: string | null) => go({ cursor: to ?? undefined })
  return { values, narrowed, sort, cursor, set, show, clear, turn }
}
