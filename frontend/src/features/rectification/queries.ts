import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, type Ref, toValue } from 'vue'

import { act, type ActionPath } from '@/api/actions'
import { api, idempotent, unwrap } from '@/api/client'
import type { ItemCreate, ItemRead, Paths } from '@/api/types'
import type { Answers } from '@/shared/composables/answers'

export type ItemQuery = NonNullable<Paths['/api/v1/rectification-items']['get']['parameters']['query']>

const LIMIT = 20

export const useItems = (query: Ref<ItemQuery>) =>
  useQuery({
    queryKey: computed(() => ['rectification', 'list', query.value]),
    queryFn: () => unwrap(api.GET('/api/v1/rectification-items', { params: { query: { limit: LIMIT, with_total: true, ...query.value } } })),
    placeholderData: keepPreviousData,
  })

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

export function useItemRefresh() {
  const client = useQueryClient()
  return (next?: ItemRead) => {
    if (next) client.setQueryData(['rectification', 'detail', next.id], next)
    void client.invalidateQueries({ queryKey: ['rectification'] })
    void client.invalidateQueries({ queryKey: ['desk'] })
  }
}
