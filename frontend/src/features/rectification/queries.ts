import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, type Ref, toValue } from 'vue'

import { act, type ActionPath } from '@/api/actions'
import { api, idempotent, randomId, unwrap } from '@/api/client'
import type { ItemCreate, ItemRead, Paths, Schemas } from '@/api/types'
import type { Answers } from '@/shared/composables/answers'

export type ItemQuery = NonNullable<Paths['/api/v1/rectification-items']['get']['parameters']['query']>
export type ListQuery = NonNullable<Paths['/api/v1/rectification-items/lists']['get']['parameters']['query']>
export type InstitutionQuery = NonNullable<Paths['/api/v1/institutions']['get']['parameters']['query']>
export type AlikeQuery = Paths['/api/v1/rectification-items/alike']['get']['parameters']['query']

const LIMIT = 20
/** Rows of the ledger at a time: a screenful and a half, so that scrolling goes before turning. */
const GRID = 50
const MOST = 100

export const useItems = (query: Ref<ItemQuery>) =>
  useQuery({
    queryKey: computed(() => ['rectification', 'list', query.value]),
    queryFn: () => unwrap(api.GET('/api/v1/rectification-items', { params: { query: { limit: GRID, with_total: true, ...query.value } } })),
    placeholderData: keepPreviousData,
  })

export const useListRows = (query: Ref<ListQuery>) =>
  useQuery({
    queryKey: computed(() => ['rectification', 'lists', query.value]),
    queryFn: () => unwrap(api.GET('/api/v1/rectification-items/lists', { params: { query: { limit: LIMIT, with_total: true, ...query.value } } })),
    placeholderData: keepPreviousData,
  })

export const useInstitutions = (query: MaybeRefOrGetter<InstitutionQuery>, enabled: MaybeRefOrGetter<boolean> = true) =>
  useQuery({
    queryKey: computed(() => ['rectification', 'institutions', toValue(query)]),
    queryFn: () => unwrap(api.GET('/api/v1/institutions', { params: { query: { limit: LIMIT, with_total: true, ...toValue(query) } } })),
    enabled: computed(() => toValue(enabled)),
    placeholderData: keepPreviousData,
  })

/** Items of the unit that may be the same finding; asked once both are said. */
export const useAlike = (query: Ref<AlikeQuery | null>) =>
  useQuery({
    queryKey: computed(() => ['rectification', 'alike', query.value]),
    queryFn: () => unwrap(api.GET('/api/v1/rectification-items/alike', { params: { query: query.value as AlikeQuery } })),
    enabled: computed(() => query.value !== null),
  })

export const useBodies = (enabled: MaybeRefOrGetter<boolean>) =>
  useQuery({ queryKey: ['rectification', 'bodies'], queryFn: () => unwrap(api.GET('/api/v1/bodies', { params: { query: { limit: MOST, current: true } } })), enabled: computed(() => toValue(enabled)) })

export const useLedgers = (query: Turn) =>
  useQuery({ queryKey: computed(() => ['rectification', 'ledgers', query.value]), queryFn: () => unwrap(api.GET('/api/v1/rectification-ledgers', { params: { query: { limit: LIMIT, with_total: true, ...query.value } } })), placeholderData: keepPreviousData })

export const exportLedger = (id: string) => unwrap(api.POST('/api/v1/rectification-ledgers/{ledger_id}/exports', { params: { path: { ledger_id: id } }, headers: idempotent(randomId()) }))

export type Format = Schemas['Format']
export const askItemPaper = (id: string, paper: Schemas['ItemPaper'], format: Format) => unwrap(api.POST('/api/v1/rectification-items/{item_id}/papers', { params: { path: { item_id: id } }, body: { paper, format }, headers: idempotent(randomId()) }))
export const askListPaper = (body: Schemas['ListPaperInput']) => unwrap(api.POST('/api/v1/rectification-list-papers', { body, headers: idempotent(randomId()) }))
export const askLookBackPaper = (id: string, format: Format) => unwrap(api.POST('/api/v1/look-backs/{look_back_id}/papers', { params: { path: { look_back_id: id } }, body: { format }, headers: idempotent(randomId()) }))

type Turn = Ref<{ cursor?: string }>

export const useLookBacks = (query: Turn) =>
  useQuery({ queryKey: computed(() => ['rectification', 'look-backs', query.value]), queryFn: () => unwrap(api.GET('/api/v1/look-backs', { params: { query: { limit: LIMIT, with_total: true, ...query.value } } })), placeholderData: keepPreviousData })

export const useLookBack = (id: MaybeRefOrGetter<string>) =>
  useQuery({ queryKey: computed(() => ['rectification', 'look-back', toValue(id)]), queryFn: () => unwrap(api.GET('/api/v1/look-backs/{look_back_id}', { params: { path: { look_back_id: toValue(id) } } })) })

export const useLookBackItems = (id: MaybeRefOrGetter<string>, query: Turn) =>
  useQuery({
    queryKey: computed(() => ['rectification', 'look-back-items', toValue(id), query.value]),
    queryFn: () => unwrap(api.GET('/api/v1/look-backs/{look_back_id}/items', { params: { path: { look_back_id: toValue(id) }, query: { limit: LIMIT, with_total: true, ...query.value } } })),
    placeholderData: keepPreviousData,
  })

export const drawLookBack = (body: Answers) => unwrap(api.POST('/api/v1/look-backs', { body: body as Schemas['LookBackCreate'], headers: idempotent(randomId()) }))

export const createInstitution = (body: Answers): Promise<unknown> => unwrap(api.POST('/api/v1/institutions', { body: body as Schemas['InstitutionCreate'], headers: idempotent(randomId()) }))

export const stepInstitution = (seen: { id: string; rev: number }, action: string, body: Answers): Promise<unknown> =>
  act(`/api/v1/institutions/{institution_id}/actions/${action}` as ActionPath, { params: { institution_id: seen.id }, rev: seen.rev }, body as never)

export const useItem = (id: MaybeRefOrGetter<string>) =>
  useQuery({ queryKey: computed(() => ['rectification', 'detail', toValue(id)]), queryFn: () => unwrap(api.GET('/api/v1/rectification-items/{item_id}', { params: { path: { item_id: toValue(id) } } })) })

export const useItemTimeline = (id: MaybeRefOrGetter<string>) =>
  useInfiniteQuery({
    queryKey: computed(() => ['rectification', 'timeline', toValue(id)]),
    queryFn: ({ pageParam }) => unwrap(api.GET('/api/v1/rectification-items/{item_id}/timeline', { params: { path: { item_id: toValue(id) }, query: { limit: LIMIT, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
  })

export function useItemCreation() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ body, key }: { body: ItemCreate; key: string }) => unwrap(api.POST('/api/v1/rectification-items', { body, headers: idempotent(key) })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['rectification'] }),
  })
}

/** Sends one action of an item. The name comes from `available_actions`, so the path exists. */
export function performOnItem(subject: { id: string; rev: number }, action: string, body: Answers): Promise<ItemRead> {
  const path = `/api/v1/rectification-items/{item_id}/actions/${action}` as ActionPath
  return act(path, { params: { item_id: subject.id }, rev: subject.rev }, body as never) as Promise<unknown> as Promise<ItemRead>
}

export type ManyAction = 'urge' | 'assign' | 'apply_extension'

/** One action on many items, each judged on its own. */
export function performOnItems(action: ManyAction, ids: readonly string[], body: Answers, key: string): Promise<Schemas['ItemsResult']> {
  const asked = { body: { ...body, item_ids: [...ids] } as never, headers: idempotent(key) }
  if (action === 'urge') return unwrap(api.POST('/api/v1/rectification-items/actions/bulk_urge', asked))
  return action === 'assign' ? unwrap(api.POST('/api/v1/rectification-items/actions/bulk_assign', asked)) : unwrap(api.POST('/api/v1/rectification-items/actions/bulk_apply_extension', asked))
}

export function useItemRefresh() {
  const client = useQueryClient()
  return (next?: ItemRead) => {
    if (next) client.setQueryData(['rectification', 'detail', next.id], next)
    void client.invalidateQueries({ queryKey: ['rectification'] })
    void client.invalidateQueries({ queryKey: ['desk'] })
  }
}
