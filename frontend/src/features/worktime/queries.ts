import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, type Ref, toValue } from 'vue'

import { act } from '@/api/actions'
import { api, idempotent, randomId, unwrap } from '@/api/client'
import type { ChangeRead, Paths, Schemas } from '@/api/types'

export type PolicyQuery = NonNullable<Paths['/api/v1/worktime/policies']['get']['parameters']['query']>
export type CalendarFormat = Schemas['CalendarFormat']

const LIMIT = 20
const AGAIN_MS = 1500
const once = () => idempotent(randomId())
const path = (id: MaybeRefOrGetter<string>) => ({ path: { change_id: toValue(id) } })

export const useCalendar = (year: Ref<number>) =>
  useQuery({ queryKey: computed(() => ['worktime', 'calendar', year.value]), queryFn: () => unwrap(api.GET('/api/v1/worktime/calendar', { params: { query: { year: year.value } } })), placeholderData: keepPreviousData })

export const usePolicies = (query: Ref<PolicyQuery>) =>
  useQuery({ queryKey: computed(() => ['worktime', 'policies', query.value]), queryFn: () => unwrap(api.GET('/api/v1/worktime/policies', { params: { query: query.value } })), placeholderData: keepPreviousData })

export const useChanges = (cursor: Ref<string | undefined>) =>
  useQuery({ queryKey: computed(() => ['worktime', 'changes', cursor.value ?? '']), queryFn: () => unwrap(api.GET('/api/v1/worktime/changes', { params: { query: { limit: LIMIT, ...(cursor.value ? { cursor: cursor.value } : {}) } } })), placeholderData: keepPreviousData })

/** Looks again while the server is still looking for, or moving, the clocks. */
export const useChange = (id: MaybeRefOrGetter<string>) =>
  useQuery({
    queryKey: computed(() => ['worktime', 'change', toValue(id)]),
    queryFn: () => unwrap(api.GET('/api/v1/worktime/changes/{change_id}', { params: path(id) })),
    refetchInterval: (query) => (query.state.data && ['computing', 'applying'].includes(query.state.data.state) ? AGAIN_MS : false),
  })

/** `stamp` changes with the preview, so that a new one is read. */
export const useMoves = (id: MaybeRefOrGetter<string>, cursor: Ref<string | undefined>, stamp: Ref<number>) =>
  useQuery({
    queryKey: computed(() => ['worktime', 'moves', toValue(id), stamp.value, cursor.value ?? '']),
    queryFn: () => unwrap(api.GET('/api/v1/worktime/changes/{change_id}/moves', { params: { ...path(id), query: { limit: LIMIT, ...(cursor.value ? { cursor: cursor.value } : {}) } } })),
    placeholderData: keepPreviousData,
    enabled: computed(() => stamp.value > 0),
  })

export function importCalendar(file: File, format: CalendarFormat, reason: string): Promise<ChangeRead> {
  const form = new FormData()
  form.append('file', file)
  return unwrap(api.POST('/api/v1/worktime/calendars/imports', { params: { query: { format, reason } }, body: form as unknown as { file: string }, bodySerializer: (body) => body, headers: once() }))
}

export const draftDays = (body: Schemas['DaysDraft']) => unwrap(api.POST('/api/v1/worktime/calendars/days', { body, headers: once() }))
export const draftHours = (body: Schemas['HoursDraft']) => unwrap(api.POST('/api/v1/worktime/calendars/hours', { body, headers: once() }))
export const draftPolicy = (body: Schemas['PolicyDraft']) => unwrap(api.POST('/api/v1/worktime/policies', { body, headers: once() }))

type Seen = Pick<ChangeRead, 'id' | 'rev'>
const target = (change: Seen) => ({ params: { change_id: change.id }, rev: change.rev })
export const signChange = (change: Seen, approveEarlier: boolean) => act('/api/v1/worktime/changes/{change_id}/actions/sign', target(change), { approve_earlier: approveEarlier })
export const withdrawChange = (change: Seen, reason: string) => act('/api/v1/worktime/changes/{change_id}/actions/withdraw', target(change), { reason })
export const previewAgain = (change: Seen) => act('/api/v1/worktime/changes/{change_id}/actions/preview', target(change), {})

export function useWorktimeRefresh() {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: ['worktime'] })
}
