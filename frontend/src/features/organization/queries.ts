import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, type Ref, toValue } from 'vue'

import { act } from '@/api/actions'
import { api, idempotent, randomId, unwrap } from '@/api/client'
import type { Paths, Schemas } from '@/api/types'
import type { Answers } from '@/shared/composables/answers'

export type PersonQuery = NonNullable<Paths['/api/v1/people']['get']['parameters']['query']>
export type BodyQuery = NonNullable<Paths['/api/v1/bodies']['get']['parameters']['query']>
export type MemberQuery = NonNullable<Paths['/api/v1/bodies/{body_id}/members']['get']['parameters']['query']>
/** Something with a revision, as it was last seen. */
export interface Seen {
  id: string
  rev: number
}

const LIMIT = 20
const once = () => idempotent(randomId())

export const useTree = (asOf: Ref<string | null>) =>
  useQuery({
    queryKey: computed(() => ['units', 'tree', asOf.value]),
    queryFn: () => unwrap(api.GET('/api/v1/units/tree', { params: { query: asOf.value === null ? {} : { as_of: asOf.value } } })),
    placeholderData: keepPreviousData,
  })

export const useUnit = (id: MaybeRefOrGetter<string>) =>
  useQuery({ queryKey: computed(() => ['units', 'detail', toValue(id)]), queryFn: () => unwrap(api.GET('/api/v1/units/{unit_id}', { params: { path: { unit_id: toValue(id) } } })) })

export const useUnitPeople = (id: MaybeRefOrGetter<string>) =>
  useQuery({ queryKey: computed(() => ['units', 'people', toValue(id)]), queryFn: () => unwrap(api.GET('/api/v1/units/{unit_id}/people', { params: { path: { unit_id: toValue(id) } } })) })

/** Sends a list of units; `columns` says which column of the file is which (`code=区划代码`). */
export function importUnits(file: File, columns: readonly string[]): Promise<Schemas['UnitImportRead']> {
  const form = new FormData()
  form.append('file', file)
  for (const pair of columns) form.append('columns', pair)
  return unwrap(api.POST('/api/v1/units/imports', { body: form as unknown as { file: string }, bodySerializer: (body) => body, headers: once() }))
}

export const usePeople = (query: Ref<PersonQuery>) =>
  useQuery({ queryKey: computed(() => ['people', 'list', query.value]), queryFn: () => unwrap(api.GET('/api/v1/people', { params: { query: { limit: LIMIT, with_total: true, ...query.value } } })), placeholderData: keepPreviousData })

export const usePerson = (id: MaybeRefOrGetter<string>) =>
  useQuery({ queryKey: computed(() => ['people', 'detail', toValue(id)]), queryFn: () => unwrap(api.GET('/api/v1/people/{person_id}', { params: { path: { person_id: toValue(id) } } })) })

export const usePersonTimeline = (id: MaybeRefOrGetter<string>) =>
  useInfiniteQuery({
    queryKey: computed(() => ['people', 'timeline', toValue(id)]),
    queryFn: ({ pageParam }) => unwrap(api.GET('/api/v1/people/{person_id}/timeline', { params: { path: { person_id: toValue(id) }, query: { limit: LIMIT, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
  })

export const useBodies = (query: Ref<BodyQuery>) =>
  useQuery({ queryKey: computed(() => ['bodies', 'list', query.value]), queryFn: () => unwrap(api.GET('/api/v1/bodies', { params: { query: { limit: LIMIT, with_total: true, ...query.value } } })), placeholderData: keepPreviousData })

export const useBody = (id: MaybeRefOrGetter<string>) =>
  useQuery({ queryKey: computed(() => ['bodies', 'detail', toValue(id)]), queryFn: () => unwrap(api.GET('/api/v1/bodies/{body_id}', { params: { path: { body_id: toValue(id) } } })) })

export const useMembers = (id: MaybeRefOrGetter<string>, query: Ref<MemberQuery>) =>
  useQuery({
    queryKey: computed(() => ['bodies', 'members', toValue(id), query.value]),
    queryFn: () => unwrap(api.GET('/api/v1/bodies/{body_id}/members', { params: { path: { body_id: toValue(id) }, query: { limit: LIMIT, with_total: true, ...query.value } } })),
    placeholderData: keepPreviousData,
  })

export const useBodyTimeline = (id: MaybeRefOrGetter<string>) =>
  useInfiniteQuery({
    queryKey: computed(() => ['bodies', 'timeline', toValue(id)]),
    queryFn: ({ pageParam }) => unwrap(api.GET('/api/v1/bodies/{body_id}/timeline', { params: { path: { body_id: toValue(id) }, query: { limit: LIMIT, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
  })

export const createPerson = (body: Answers) => unwrap(api.POST('/api/v1/people', { body: body as Schemas['PersonCreate'], headers: once() }))

export const editPerson = (person: Seen, body: Answers) => act('/api/v1/people/{person_id}/actions/edit', { params: { person_id: person.id }, rev: person.rev }, body as Schemas['PersonEdit'])

export const appoint = (body: Answers) => unwrap(api.POST('/api/v1/appointments', { body: body as Schemas['AppointmentCreate'], headers: once() }))

export const endPost = (post: Seen, body: Answers) => act('/api/v1/appointments/{appointment_id}/actions/end', { params: { appointment_id: post.id }, rev: post.rev }, body as Schemas['AppointmentEnd'])

export const useAbsence = (id: MaybeRefOrGetter<string>) =>
  useQuery({ queryKey: computed(() => ['people', 'absence', toValue(id)]), queryFn: () => unwrap(api.GET('/api/v1/people/{person_id}/absence', { params: { path: { person_id: toValue(id) } } })) })

export const recordLeave = (personId: string, body: Answers) => unwrap(api.POST('/api/v1/people/{person_id}/leaves', { params: { path: { person_id: personId } }, body: body as Schemas['LeaveCreate'], headers: once() }))

export const endLeave = (leave: Seen, body: Answers) => act('/api/v1/leaves/{leave_id}/actions/end', { params: { leave_id: leave.id }, rev: leave.rev }, body as Schemas['LeaveEnd'])

export const nameSubstitute = (post: Seen, body: Answers) => act('/api/v1/appointments/{appointment_id}/actions/name_substitute', { params: { appointment_id: post.id }, rev: post.rev }, body as Schemas['SubstituteName'])

export const createBody = (body: Answers) => unwrap(api.POST('/api/v1/bodies', { body: body as Schemas['BodyCreate'], headers: once() }))

export const endBody = (body: Seen, answers: Answers) => act('/api/v1/bodies/{body_id}/actions/end', { params: { body_id: body.id }, rev: body.rev }, answers as Schemas['BodyEnd'])

export const addMember = (bodyId: string, body: Answers) => unwrap(api.POST('/api/v1/bodies/{body_id}/members', { params: { path: { body_id: bodyId } }, body: body as Schemas['MemberAdd'], headers: once() }))

export const endMembership = (membership: Seen, body: Answers) => act('/api/v1/memberships/{membership_id}/actions/end', { params: { membership_id: membership.id }, rev: membership.rev }, body as Schemas['MembershipEnd'])

/** Whoever gets or loses a post changes units, people and bodies alike. */
export function useOrganizationRefresh() {
  const client = useQueryClient()
  return () => {
    for (const key of ['people', 'bodies', 'units']) void client.invalidateQueries({ queryKey: [key] })
  }
}
