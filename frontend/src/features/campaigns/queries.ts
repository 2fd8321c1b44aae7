import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, type Ref, toValue } from 'vue'

import { act, type ActionPath } from '@/api/actions'
import { api, idempotent, randomId, unwrap } from '@/api/client'
import type { Paths, Schemas } from '@/api/types'
import type { Answers } from '@/shared/composables/answers'

export type CampaignQuery = NonNullable<Paths['/api/v1/campaigns']['get']['parameters']['query']>
export type Campaign = Schemas['CampaignRead']
const LIMIT = 20
const once = () => idempotent(randomId())

export const useTemplates = () => useQuery({ queryKey: ['campaigns', 'templates'], queryFn: () => unwrap(api.GET('/api/v1/campaign-templates')) })

export const useTemplate = (code: MaybeRefOrGetter<string>) =>
  useQuery({ queryKey: computed(() => ['campaigns', 'template', toValue(code)]), queryFn: () => unwrap(api.GET('/api/v1/campaign-templates/{code}', { params: { path: { code: toValue(code) } } })) })

export const useCampaigns = (query: Ref<CampaignQuery>) =>
  useQuery({
    queryKey: computed(() => ['campaigns', 'list', query.value]),
    queryFn: () => unwrap(api.GET('/api/v1/campaigns', { params: { query: { limit: LIMIT, with_total: true, ...query.value } } })),
    placeholderData: keepPreviousData,
  })

export const useCampaign = (id: MaybeRefOrGetter<string>) =>
  useQuery({ queryKey: computed(() => ['campaigns', 'detail', toValue(id)]), queryFn: () => unwrap(api.GET('/api/v1/campaigns/{campaign_id}', { params: { path: { campaign_id: toValue(id) } } })) })

export const useCampaignTimeline = (id: MaybeRefOrGetter<string>) =>
  useInfiniteQuery({
    queryKey: computed(() => ['campaigns', 'timeline', toValue(id)]),
    queryFn: ({ pageParam }) => unwrap(api.GET('/api/v1/campaigns/{campaign_id}/timeline', { params: { path: { campaign_id: toValue(id) }, query: { limit: LIMIT, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
  })

export const createCampaign = (body: Answers) => unwrap(api.POST('/api/v1/campaigns', { body: body as Schemas['CampaignCreate'], headers: once() }))

export const useBoard = (id: MaybeRefOrGetter<string>, stage: MaybeRefOrGetter<number | undefined>) =>
  useQuery({
    queryKey: computed(() => ['campaigns', 'board', toValue(id), toValue(stage)]),
    queryFn: () => {
      const seq = toValue(stage)
      return unwrap(api.GET('/api/v1/campaigns/{campaign_id}/board', { params: { path: { campaign_id: toValue(id) }, query: seq === undefined ? {} : { stage: seq } } }))
    },
    placeholderData: keepPreviousData,
  })

export const usePaper = (id: MaybeRefOrGetter<string>) =>
  useQuery({ queryKey: computed(() => ['campaigns', 'paper', toValue(id)]), queryFn: () => unwrap(api.GET('/api/v1/campaign-deliverables/{deliverable_id}', { params: { path: { deliverable_id: toValue(id) } } })) })

const MATRIX = 100
export const useTasks = (id: MaybeRefOrGetter<string>, silent: MaybeRefOrGetter<boolean>) =>
  useQuery({
    queryKey: computed(() => ['campaigns', 'tasks', toValue(id), toValue(silent)]),
    queryFn: () => unwrap(api.GET('/api/v1/campaign-tasks', { params: { query: { campaign_id: toValue(id), limit: MATRIX, ...(toValue(silent) ? { unanswered: true } : {}) } } })),
    placeholderData: keepPreviousData,
  })

export const useRollup = (id: MaybeRefOrGetter<string>) =>
  useQuery({ queryKey: computed(() => ['campaigns', 'rollup', toValue(id)]), queryFn: () => unwrap(api.GET('/api/v1/campaigns/{campaign_id}/reports', { params: { path: { campaign_id: toValue(id) } } })) })

export const useReports = (id: MaybeRefOrGetter<string>) =>
  useQuery({ queryKey: computed(() => ['campaigns', 'reports', toValue(id)]), queryFn: () => unwrap(api.GET('/api/v1/campaign-reports', { params: { query: { campaign_id: toValue(id), limit: MATRIX } } })) })

export const useConsolidated = (of: () => { id: string; duty: string; period: string }) =>
  useQuery({
    queryKey: computed(() => ['campaigns', 'consolidated', of().id, of().duty, of().period]),
    queryFn: () => unwrap(api.GET('/api/v1/campaigns/{campaign_id}/consolidated-report', { params: { path: { campaign_id: of().id }, query: { duty_id: of().duty, period: of().period } } })),
  })

interface Seen {
  id: string
  rev: number
}
export const stepCampaign = (seen: Seen, action: string, body: Answers): Promise<Campaign> => act(`/api/v1/campaigns/{campaign_id}/actions/${action}` as ActionPath, { params: { campaign_id: seen.id }, rev: seen.rev }, body as never) as Promise<unknown> as Promise<Campaign>

export const stepPaper = (seen: Seen, action: string, body: Answers): Promise<unknown> => act(`/api/v1/campaign-deliverables/{deliverable_id}/actions/${action}` as ActionPath, { params: { deliverable_id: seen.id }, rev: seen.rev }, body as never)
export const stepTask = (seen: Seen, action: string, body: Answers): Promise<unknown> => act(`/api/v1/campaign-tasks/{task_id}/actions/${action}` as ActionPath, { params: { task_id: seen.id }, rev: seen.rev }, body as never)

export const stepReport = (seen: Seen, action: string, body: Answers): Promise<unknown> => act(`/api/v1/campaign-reports/{report_id}/actions/${action}` as ActionPath, { params: { report_id: seen.id }, rev: seen.rev }, body as never)

export function useCampaignRefresh() {
  const client = useQueryClient()
  return () => void client.invalidateQueries({ queryKey: ['campaigns'] })
}
