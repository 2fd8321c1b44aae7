/** Calls of inspections, their findings, plans and relations. */
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, type Ref, toValue } from 'vue'

import { act, type ActionPath } from '@/api/actions'
import { api, idempotent, randomId, unwrap } from '@/api/client'
import type { Paths, Schemas } from '@/api/types'
import type { Answers } from '@/shared/composables/answers'

export type InspectionQuery = NonNullable<Paths['/api/v1/inspections']['get']['parameters']['query']>
export type Inspection = Schemas['InspectionRead']
export type Finding = Schemas['FindingListItem']
const LIMIT = 20
const MOST = 100
const once = () => idempotent(randomId())

export const useInspections = (query: Ref<InspectionQuery>) =>
  useQuery({
    queryKey: computed(() => ['inspections', 'list', query.value]),
    queryFn: () => unwrap(api.GET('/api/v1/inspections', { params: { query: { limit: LIMIT, with_total: true, ...query.value } } })),
    placeholderData: keepPreviousData,
  })

export const useInspection = (id: MaybeRefOrGetter<string>) =>
  useQuery({ queryKey: computed(() => ['inspections', 'one', toValue(id)]), queryFn: () => unwrap(api.GET('/api/v1/inspections/{inspection_id}', { params: { path: { inspection_id: toValue(id) } } })) })

const ofWhole = <T>(name: string, id: MaybeRefOrGetter<string>, whole: MaybeRefOrGetter<boolean>, queryFn: (id: string) => Promise<T>) =>
  useQuery({ queryKey: computed(() => ['inspections', name, toValue(id)]), queryFn: () => queryFn(toValue(id)), enabled: computed(() => toValue(whole)) })

export const useDraws = (id: MaybeRefOrGetter<string>, whole: MaybeRefOrGetter<boolean>) => ofWhole('draws', id, whole, (inspection_id) => unwrap(api.GET('/api/v1/inspections/{inspection_id}/draws', { params: { path: { inspection_id } } })))
export const useSummary = (id: MaybeRefOrGetter<string>, begun: MaybeRefOrGetter<boolean>) => ofWhole('summary', id, begun, (inspection_id) => unwrap(api.GET('/api/v1/inspections/{inspection_id}/summary', { params: { path: { inspection_id } } })))
export const useFindings = (id: MaybeRefOrGetter<string>, begun: MaybeRefOrGetter<boolean>) => ofWhole('findings', id, begun, (inspection_id) => unwrap(api.GET('/api/v1/inspection-findings', { params: { query: { inspection_id, limit: MOST } } })))

export const useInspectionTimeline = (id: MaybeRefOrGetter<string>, whole: MaybeRefOrGetter<boolean>) =>
  useInfiniteQuery({
    queryKey: computed(() => ['inspections', 'timeline', toValue(id)]),
    queryFn: ({ pageParam }) => unwrap(api.GET('/api/v1/inspections/{inspection_id}/timeline', { params: { path: { inspection_id: toValue(id) }, query: { limit: LIMIT, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
    enabled: computed(() => toValue(whole)),
  })

export const useFinding = (id: MaybeRefOrGetter<string>) =>
  useQuery({ queryKey: computed(() => ['inspections', 'finding', toValue(id)]), queryFn: () => unwrap(api.GET('/api/v1/inspection-findings/{finding_id}', { params: { path: { finding_id: toValue(id) } } })) })

export const usePlans = () => useQuery({ queryKey: ['inspections', 'plans'], queryFn: () => unwrap(api.GET('/api/v1/inspection-plans', { params: { query: { limit: MOST } } })) })

export const useYear = (year: MaybeRefOrGetter<number>) =>
  useQuery({
    queryKey: computed(() => ['inspections', 'year', toValue(year)]),
    queryFn: async () => {
      const all = await unwrap(api.GET('/api/v1/inspections', { params: { query: { limit: MOST } } }))
      return all.items.filter((one) => one.starts_on <= `${String(toValue(year))}-12-31` && one.ends_on >= `${String(toValue(year))}-01-01`)
    },
  })

export const useRelations = () => useQuery({ queryKey: ['inspections', 'relations'], queryFn: () => unwrap(api.GET('/api/v1/inspector-relations', { params: { query: { limit: MOST } } })) })

/** What the forms of the office choose from: checklists, plans, and who serves in an inspection group. */
export const useChoices = (enabled: MaybeRefOrGetter<boolean>) =>
  useQuery({
    queryKey: ['inspections', 'choices'],
    queryFn: async () => {
      const [checklists, plans, bodies] = await Promise.all([
        unwrap(api.GET('/api/v1/inspection-checklists')),
        unwrap(api.GET('/api/v1/inspection-plans', { params: { query: { limit: MOST } } })),
        unwrap(api.GET('/api/v1/bodies', { params: { query: { limit: MOST, current: true } } })),
      ])
      const groups = bodies.items.filter((one) => one.role === 'INS')
      const members = await Promise.all(groups.map((one) => unwrap(api.GET('/api/v1/bodies/{body_id}/members', { params: { path: { body_id: one.id } } }))))
      return {
        checklists: checklists.items.map((one) => ({ value: one.id, label: one.title })),
        plans: plans.items.filter((one) => one.status !== 'closed').map((one) => ({ value: one.id, label: one.title })),
        groups: groups.map((one) => ({ value: one.id, label: one.name })),
        people: members.flatMap((one) => one.items.map((member) => ({ value: member.person.id, label: member.person.name }))),
      }
    },
    enabled: computed(() => toValue(enabled)),
  })

export const createInspection = (body: Answers) => unwrap(api.POST('/api/v1/inspections', { body: body as Schemas['InspectionCreate'], headers: once() }))
export const createPlan = (body: Answers) => unwrap(api.POST('/api/v1/inspection-plans', { body: body as Schemas['PlanCreate'], headers: once() }))
export const declareRelation = (body: Answers) => unwrap(api.POST('/api/v1/inspector-relations', { body: body as Schemas['RelationCreate'], headers: once() }))
export const endRelation = (relation_id: string) => unwrap(api.POST('/api/v1/inspector-relations/{relation_id}/end', { params: { path: { relation_id } }, headers: once() }))

interface Seen {
  id: string
  rev: number
}
export const stepInspection = (seen: Seen, action: string, body: Answers): Promise<unknown> => act(`/api/v1/inspections/{inspection_id}/actions/${action}` as ActionPath, { params: { inspection_id: seen.id }, rev: seen.rev }, body as never)
export const stepFinding = (seen: Seen, action: string, body: Answers): Promise<unknown> => act(`/api/v1/inspection-findings/{finding_id}/actions/${action}` as ActionPath, { params: { finding_id: seen.id }, rev: seen.rev }, body as never)
/** Plans may be seen without the revision: it is read just before. */
export async function stepPlan(id: string, action: string): Promise<unknown> {
  const plan = await unwrap(api.GET('/api/v1/inspection-plans/{plan_id}', { params: { path: { plan_id: id } } }))
  return act(`/api/v1/inspection-plans/{plan_id}/actions/${action}` as ActionPath, { params: { plan_id: id }, rev: plan.rev }, {} as never)
}

export function useVisitsRefresh() {
  const client = useQueryClient()
  return () => void client.invalidateQueries({ queryKey: ['inspections'] })
}
