import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, type Ref, toValue } from 'vue'

import { act, type ActionPath } from '@/api/actions'
import { api, idempotent, randomId, unwrap } from '@/api/client'
import type { Paths, Schemas } from '@/api/types'
import type { Answers } from '@/shared/composables/answers'

export type SchemeQuery = NonNullable<Paths['/api/v1/evaluation-schemes']['get']['parameters']['query']>
export type Scheme = Schemas['SchemeRead']
export type SchemeBody = Schemas['SchemeCreate']
const LIMIT = 20
const once = () => idempotent(randomId())
interface Seen {
  id: string
  rev: number
}

export const useSchemes = (query: Ref<SchemeQuery>) =>
  useQuery({
    queryKey: computed(() => ['evaluations', 'schemes', query.value]),
    queryFn: () => unwrap(api.GET('/api/v1/evaluation-schemes', { params: { query: { limit: LIMIT, with_total: true, ...query.value } } })),
    placeholderData: keepPreviousData,
  })

export const useScheme = (id: MaybeRefOrGetter<string | undefined>) =>
  useQuery({
    queryKey: computed(() => ['evaluations', 'scheme', toValue(id)]),
    queryFn: () => unwrap(api.GET('/api/v1/evaluation-schemes/{scheme_id}', { params: { path: { scheme_id: toValue(id) ?? '' } } })),
    enabled: computed(() => toValue(id) !== undefined),
  })

export const useSchemeTimeline = (id: MaybeRefOrGetter<string>) =>
  useInfiniteQuery({
    queryKey: computed(() => ['evaluations', 'scheme-timeline', toValue(id)]),
    queryFn: ({ pageParam }) => unwrap(api.GET('/api/v1/evaluation-schemes/{scheme_id}/timeline', { params: { path: { scheme_id: toValue(id) }, query: { limit: LIMIT, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
  })

export const createScheme = (body: SchemeBody) => unwrap(api.POST('/api/v1/evaluation-schemes', { body, headers: once() }))

export const stepScheme = (seen: Seen, action: string, body: Answers): Promise<Scheme> => act(`/api/v1/evaluation-schemes/{scheme_id}/actions/${action}` as ActionPath, { params: { scheme_id: seen.id }, rev: seen.rev }, body as never) as Promise<unknown> as Promise<Scheme>

export type RoundQuery = NonNullable<Paths['/api/v1/evaluation-rounds']['get']['parameters']['query']>
export type Round = Schemas['RoundRead']
export const useRounds = (query: Ref<RoundQuery>) =>
  useQuery({
    queryKey: computed(() => ['evaluations', 'rounds', query.value]),
    queryFn: () => unwrap(api.GET('/api/v1/evaluation-rounds', { params: { query: { limit: LIMIT, with_total: true, ...query.value } } })),
    placeholderData: keepPreviousData,
  })

export const useRound = (id: MaybeRefOrGetter<string>) =>
  useQuery({ queryKey: computed(() => ['evaluations', 'round', toValue(id)]), queryFn: () => unwrap(api.GET('/api/v1/evaluation-rounds/{round_id}', { params: { path: { round_id: toValue(id) } } })) })

export const useRoundTimeline = (id: MaybeRefOrGetter<string>) =>
  useInfiniteQuery({
    queryKey: computed(() => ['evaluations', 'round-timeline', toValue(id)]),
    queryFn: ({ pageParam }) => unwrap(api.GET('/api/v1/evaluation-rounds/{round_id}/timeline', { params: { path: { round_id: toValue(id) }, query: { limit: LIMIT, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
  })

export const createRound = (body: Answers) => unwrap(api.POST('/api/v1/evaluation-rounds', { body: { ...body, year: Number(body['year']) } as Schemas['RoundCreate'], headers: once() }))
export const stepRound = (seen: Seen, action: string, body: Answers): Promise<Round> => act(`/api/v1/evaluation-rounds/{round_id}/actions/${action}` as ActionPath, { params: { round_id: seen.id }, rev: seen.rev }, body as never) as Promise<unknown> as Promise<Round>

export const useResult = (id: MaybeRefOrGetter<string>) =>
  useQuery({ queryKey: computed(() => ['evaluations', 'result', toValue(id)]), queryFn: () => unwrap(api.GET('/api/v1/evaluation-rounds/{round_id}/result', { params: { path: { round_id: toValue(id) } } })), retry: false })

export const fetchBox = (id: string): Promise<Blob> => unwrap(api.GET('/api/v1/evaluation-rounds/{round_id}/box', { params: { path: { round_id: id } }, parseAs: 'blob' })) as Promise<unknown> as Promise<Blob>

export const fetchCodes = (id: string) => unwrap(api.GET('/api/v1/evaluation-rounds/{round_id}/codes', { params: { path: { round_id: id } } }))

export type PoolQuery = NonNullable<Paths['/api/v1/evaluation-representatives']['get']['parameters']['query']>
export type Person = Schemas['RepresentativeItem']
export const usePool = (query: Ref<PoolQuery>) =>
  useQuery({
    queryKey: computed(() => ['evaluations', 'pool', query.value]),
    queryFn: () => unwrap(api.GET('/api/v1/evaluation-representatives', { params: { query: { limit: LIMIT, with_total: true, ...query.value } } })),
    placeholderData: keepPreviousData,
  })
export const usePoolSummary = () => useQuery({ queryKey: ['evaluations', 'pool-summary'], queryFn: () => unwrap(api.GET('/api/v1/evaluation-representatives/summary')) })
export const addPerson = (body: Answers) => unwrap(api.POST('/api/v1/evaluation-representatives', { body: body as Schemas['RepresentativeCreate'], headers: once() }))
export const stepPerson = (seen: Seen, action: string, body: Answers): Promise<Person> => act(`/api/v1/evaluation-representatives/{person_id}/actions/${action}` as ActionPath, { params: { person_id: seen.id }, rev: seen.rev }, body as never) as Promise<unknown> as Promise<Person>

export function useEvaluationsRefresh() {
  const client = useQueryClient()
  return () => void client.invalidateQueries({ queryKey: ['evaluations'] })
}
