/** Lists that several features choose from: units, people, categories. Cached for the session's sake, not for ever. */
import type { QueryClient } from '@tanstack/vue-query'

import type { ViewStore } from '@/shared/composables/views'
import type { Lookups } from '@/shared/ui/lookups'
import type { TreeOption } from '@/shared/ui/types'

import { act } from './actions'
import { api, idempotent, randomId, unwrap } from './client'
import { downloadFile, uploadFile } from './files'

const FRESH_MS = 5 * 60_000

interface Node {
  id: string
  parent: string | null
  label: string
}

/** A flat list with parents first, as a tree. A node whose parent is not in the list becomes a root. */
export function asTree(nodes: readonly Node[]): TreeOption[] {
  const known = new Map<string, TreeOption>()
  const roots: TreeOption[] = []
  for (const node of nodes) {
    const option: TreeOption = { value: node.id, label: node.label }
    known.set(node.id, option)
    const parent = node.parent === null ? undefined : known.get(node.parent)
    if (parent) parent.children = [...(parent.children ?? []), option]
    else roots.push(option)
  }
  return roots
}

const unitTree = { queryKey: ['units', 'tree', null], queryFn: () => unwrap(api.GET('/api/v1/units/tree')), staleTime: FRESH_MS }
const categories = { queryKey: ['taxonomies', 'case_category'], queryFn: () => unwrap(api.GET('/api/v1/taxonomies/{scheme}', { params: { path: { scheme: 'case_category' } } })), staleTime: FRESH_MS }
const people = (unitId: string) => ({ queryKey: ['units', 'people', unitId], queryFn: () => unwrap(api.GET('/api/v1/units/{unit_id}/people', { params: { path: { unit_id: unitId } } })), staleTime: FRESH_MS })

const viewStore: ViewStore = {
  list: async (name) => (await unwrap(api.GET('/api/v1/saved-views', { params: { query: { list_name: name, limit: 100 } } }))).items,
  create: (name, settings) => unwrap(api.POST('/api/v1/saved-views', { body: { list_name: name, ...settings }, headers: idempotent(randomId()) })),
  change: (view, settings) => act('/api/v1/saved-views/{view_id}/actions/change', { params: { view_id: view.id }, rev: view.rev }, settings),
  remove: (view) => act('/api/v1/saved-views/{view_id}/actions/remove', { params: { view_id: view.id }, rev: view.rev }, undefined as never),
}

/** What the kit's pickers ask for, answered by the API. */
export function apiLookups(client: QueryClient): Lookups {
  return {
    units: async () => asTree((await client.ensureQueryData(unitTree)).items.map((u) => ({ id: u.id, parent: u.parent_id, label: u.short_name || u.name }))),
    categories: async () => asTree((await client.ensureQueryData(categories)).items.map((c) => ({ id: c.code, parent: c.parent_code, label: c.name }))),
    explain: (clockId) => unwrap(api.GET('/api/v1/worktime/clocks/{clock_id}/explanation', { params: { path: { clock_id: clockId } } })),
    people: async (unitId) => (await client.ensureQueryData(people(unitId))).items.map((p) => ({ value: p.id, label: `${p.name} · ${p.post}` })),
    upload: uploadFile,
    download: downloadFile,
    views: viewStore,
  }
}
