import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'

import { act, type ActionPath } from '@/api/actions'
import { api, idempotent, randomId, unwrap } from '@/api/client'
import type { Schemas } from '@/api/types'
import type { Answers } from '@/shared/composables/answers'

const LIMIT = 50

export const useChecks = (campaign: MaybeRefOrGetter<string | undefined>) =>
  useQuery({
    queryKey: computed(() => ['inspections', 'checks', toValue(campaign)]),
    queryFn: () => {
      const id = toValue(campaign)
      return unwrap(api.GET('/api/v1/self-checks', { params: { query: { limit: LIMIT, ...(id === undefined ? {} : { campaign_id: id }) } } }))
    },
  })

export const useCheck = (id: MaybeRefOrGetter<string>) =>
  useQuery({ queryKey: computed(() => ['inspections', 'check', toValue(id)]), queryFn: () => unwrap(api.GET('/api/v1/self-checks/{check_id}', { params: { path: { check_id: toValue(id) } } })) })

export const useTree = (id: MaybeRefOrGetter<string>, unit: MaybeRefOrGetter<string | undefined>, open: MaybeRefOrGetter<boolean>) =>
  useQuery({
    queryKey: computed(() => ['inspections', 'tree', toValue(id), toValue(unit), toValue(open)]),
    queryFn: () => {
      const below = toValue(unit)
      return unwrap(api.GET('/api/v1/self-checks/{check_id}/coverage', { params: { path: { check_id: toValue(id) }, query: { open: toValue(open), ...(below === undefined ? {} : { unit_id: below }) } } }))
    },
    placeholderData: keepPreviousData,
  })

export const useChanges = (id: MaybeRefOrGetter<string>) =>
  useQuery({ queryKey: computed(() => ['inspections', 'changes', toValue(id)]), queryFn: () => unwrap(api.GET('/api/v1/self-checks/{check_id}/changes', { params: { path: { check_id: toValue(id) } } })) })

export const openCheck = (campaign: string) => unwrap(api.POST('/api/v1/self-checks', { body: { campaign_id: campaign }, headers: idempotent(randomId()) }))

interface Seen {
  id: string
  rev: number
}
export const stepCheck = (seen: Seen, action: string, body: Answers): Promise<unknown> => act(`/api/v1/self-checks/{check_id}/actions/${action}` as ActionPath, { params: { check_id: seen.id }, rev: seen.rev }, body as never)
export const stepUnit = (seen: Seen, action: string, body: Answers): Promise<unknown> => act(`/api/v1/self-check-units/{row_id}/actions/${action}` as ActionPath, { params: { row_id: seen.id }, rev: seen.rev }, body as never)

export type Row = Schemas['CheckedUnitRead']

export function useInspectionsRefresh() {
  const client = useQueryClient()
  return () => {
    for (const key of ['inspections', 'campaigns']) void client.invalidateQueries({ queryKey: [key] })
  }
}
