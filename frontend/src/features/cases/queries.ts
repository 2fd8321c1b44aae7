import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, type Ref, toValue } from 'vue'

import { act, type ActionPath } from '@/api/actions'
import { api, idempotent, randomId, unwrap } from '@/api/client'
import type { AlikeInput, AssignmentRead, BulkResult, CaseCreate, CaseExportCreate, CaseListItem, CaseRead, Paths, RequestRead } from '@/api/types'
import type { Answers } from '@/shared/composables/answers'

export type ListQuery = NonNullable<Paths['/api/v1/cases']['get']['parameters']['query']>
type PartQuery = NonNullable<Paths['/api/v1/case-assignments']['get']['parameters']['query']>

const LIMIT = 20
const PAGING = new Set(['cursor', 'limit', 'with_total', 'sort'])

/** What a list is narrowed to, without where its page stands. */
export const narrowing = (query: ListQuery): NonNullable<CaseExportCreate['filters']> => Object.fromEntries(Object.entries(query).filter(([name]) => !PAGING.has(name)))

export const useCases = (query: Ref<ListQuery>) =>
  useQuery({
    queryKey: computed(() => ['cases', 'list', query.value]),
    queryFn: () => unwrap(api.GET('/api/v1/cases', { params: { query: { limit: LIMIT, with_total: true, ...query.value } } })),
    placeholderData: keepPreviousData,
  })

export const useCase = (id: MaybeRefOrGetter<string>, wanted: MaybeRefOrGetter<boolean> = true) =>
  useQuery({ enabled: computed(() => toValue(wanted)), queryKey: computed(() => ['cases', 'detail', toValue(id)]), queryFn: () => unwrap(api.GET('/api/v1/cases/{case_id}', { params: { path: { case_id: toValue(id) } } })) })

export const useCaseTimeline = (id: MaybeRefOrGetter<string>) =>
  useInfiniteQuery({
    queryKey: computed(() => ['cases', 'timeline', toValue(id)]),
    queryFn: ({ pageParam }) => unwrap(api.GET('/api/v1/cases/{case_id}/timeline', { params: { path: { case_id: toValue(id) }, query: { limit: LIMIT, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
  })

/** Items that were opened because of this case; rectification knows the link, cases do not. */
export const useItemsOf = (id: MaybeRefOrGetter<string>, allowed: Ref<boolean>) =>
  useQuery({
    queryKey: computed(() => ['rectification', 'of-case', toValue(id)]),
    queryFn: () => unwrap(api.GET('/api/v1/rectification-items', { params: { query: { source_type: 'case', source_id: toValue(id), limit: LIMIT } } })),
    enabled: allowed,
  })

export function useCaseCreation() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ body, key }: { body: CaseCreate; key: string }) => unwrap(api.POST('/api/v1/cases', { body, headers: idempotent(key) })),
    onSuccess: () => Promise.all([client.invalidateQueries({ queryKey: ['cases', 'list'] }), client.invalidateQueries({ queryKey: ['desk'] })]),
  })
}

/** Asks for the list as a workbook; a job writes it. */
export function useCaseExport() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: CaseExportCreate) => unwrap(api.POST('/api/v1/case-exports', { body, headers: idempotent(randomId()) })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['exports'] }),
  })
}

/** Sends one action of a case. The name comes from `available_actions`, so the path exists. */
export function performOnCase(subject: { id: string; rev: number }, action: string, body: Answers): Promise<unknown> {
  const path = `/api/v1/cases/{case_id}/actions/${action}` as ActionPath
  return act(path, { params: { case_id: subject.id }, rev: subject.rev }, body as never)
}

/** Sends one action of a unit's part in a case. */
export async function performOnPart(part: AssignmentRead | null, action: string, body: Answers): Promise<AssignmentRead> {
  const path = `/api/v1/cases/{case_id}/assignments/{assignment_id}/actions/${action}` as ActionPath
  const params = { case_id: part?.case_id ?? '', assignment_id: part?.id ?? '' }
  return (await act(path, { params, rev: part?.rev ?? 0 }, body as never)) as unknown as AssignmentRead
}

export const useRecordsOf = (id: MaybeRefOrGetter<string>) =>
  useQuery({ queryKey: computed(() => ['cases', 'records', toValue(id)]), queryFn: () => unwrap(api.GET('/api/v1/cases/{case_id}/records', { params: { path: { case_id: toValue(id) } } })) })

export const useWaitingRequests = () =>
  useQuery({ queryKey: ['cases', 'requests', 'waiting'], queryFn: () => unwrap(api.GET('/api/v1/case-requests', { params: { query: { limit: LIMIT } } })) })

export const useParts = (query: Ref<PartQuery>) =>
  useQuery({
    queryKey: computed(() => ['cases', 'parts', query.value]),
    queryFn: () => unwrap(api.GET('/api/v1/case-assignments', { params: { query: { limit: LIMIT, ...query.value } } })),
    placeholderData: keepPreviousData,
  })

export const useRequestsOf = (id: MaybeRefOrGetter<string>, allowed: Ref<boolean>) =>
  useQuery({
    queryKey: computed(() => ['cases', 'requests', toValue(id)]),
    queryFn: () => unwrap(api.GET('/api/v1/case-requests', { params: { query: { case_id: toValue(id), limit: LIMIT } } })),
    enabled: allowed,
  })

/** Takes one step of a request. */
export function performOnRequest(request: RequestRead | undefined, action: string, body: Answers): Promise<unknown> {
  const path = `/api/v1/case-requests/{request_id}/actions/${action}` as ActionPath
  return act(path, { params: { request_id: request?.id ?? '' }, rev: request?.rev ?? 0 }, body as never)
}

/** Cases under way that may be the same matter as one being typed; null asks nothing. */
export const useAlike = (wanted: Ref<AlikeInput | null>) =>
  useQuery({
    queryKey: computed(() => ['cases', 'alike', wanted.value]),
    queryFn: () => unwrap(api.POST('/api/v1/cases/alike', { body: wanted.value ?? { title: '' } })),
    enabled: computed(() => wanted.value !== null),
    gcTime: 0,
  })

export const useAlikeOf = (id: MaybeRefOrGetter<string>, wanted: Ref<boolean>) =>
  useQuery({ queryKey: computed(() => ['cases', 'alike-of', toValue(id)]), queryFn: () => unwrap(api.GET('/api/v1/cases/{case_id}/alike', { params: { path: { case_id: toValue(id) } } })), enabled: wanted })

export const useMergesOf = (id: MaybeRefOrGetter<string>, wanted: Ref<boolean>) =>
  useQuery({ queryKey: computed(() => ['cases', 'merges', toValue(id)]), queryFn: () => unwrap(api.GET('/api/v1/cases/{case_id}/merges', { params: { path: { case_id: toValue(id) } } })), enabled: wanted })

/** The case with a number, among those the reader may know of. */
export async function findByNumber(no: string): Promise<CaseListItem | undefined> {
  const found = await unwrap(api.GET('/api/v1/cases', { params: { query: { q: no, limit: 1 } } }))
  return found.items.find((row) => row.no === no)
}

export function useCaseRefresh() {
  const client = useQueryClient()
  return (next?: CaseRead) => {
    if (next) client.setQueryData(['cases', 'detail', next.id], next)
    void client.invalidateQueries({ queryKey: ['cases'] })
    void client.invalidateQueries({ queryKey: ['desk'] })
  }
}

/** Does one action on up to 100 cases; the server judges each on its own. */
export function performOnMany(action: 'dispatch' | 'urge', ids: readonly string[], body: Answers, key: string): Promise<BulkResult> {
  const asked = { body: { ...body, case_ids: [...ids] } as never, headers: idempotent(key) }
  return action === 'dispatch' ? unwrap(api.POST('/api/v1/cases/actions/bulk_dispatch', asked)) : unwrap(api.POST('/api/v1/cases/actions/bulk_urge', asked))
}

/** The supervision of one case as links: its listings and the instructions about it. */
export const useSupervisionOf = (id: MaybeRefOrGetter<string>, wanted: Ref<boolean>) =>
  useQuery({
    queryKey: computed(() => ['cases', 'supervision', toValue(id)]),
    enabled: wanted,
    queryFn: async () => {
      const query = { params: { query: { case_id: toValue(id) } } }
      const [listings, instructions] = await Promise.all([unwrap(api.GET('/api/v1/case-listings', query)), unwrap(api.GET('/api/v1/case-instructions', query))])
      return [
        ...listings.items.map(({ id: key, status, lamp, no }) => ({ kind: 'listings' as const, id: key, status, lamp, words: no })),
        ...instructions.items.map(({ id: key, status, lamp, text }) => ({ kind: 'instructions' as const, id: key, status, lamp, words: text })),
      ]
    },
  })
