import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'

import { act, type ActionPath } from '@/api/actions'
import { api, idempotent, randomId, unwrap } from '@/api/client'
import type { Schemas } from '@/api/types'
import type { Answers } from '@/shared/composables/answers'

const LIMIT = 100
const once = () => idempotent(randomId())
const of = (caseId: string | undefined) => (caseId === undefined ? {} : { case_id: caseId })

export const useListings = (caseId: MaybeRefOrGetter<string | undefined>) =>
  useQuery({ queryKey: computed(() => ['supervision', 'listings', toValue(caseId)]), queryFn: () => unwrap(api.GET('/api/v1/case-listings', { params: { query: { limit: LIMIT, ...of(toValue(caseId)) } } })) })

export const useListing = (id: MaybeRefOrGetter<string>) =>
  useQuery({ queryKey: computed(() => ['supervision', 'listing', toValue(id)]), queryFn: () => unwrap(api.GET('/api/v1/case-listings/{listing_id}', { params: { path: { listing_id: toValue(id) } } })) })

export const useInstructions = (caseId: MaybeRefOrGetter<string | undefined>) =>
  useQuery({ queryKey: computed(() => ['supervision', 'instructions', toValue(caseId)]), queryFn: () => unwrap(api.GET('/api/v1/case-instructions', { params: { query: { limit: LIMIT, ...of(toValue(caseId)) } } })) })

export const propose = (caseId: string, body: Answers) => unwrap(api.POST('/api/v1/case-listings', { body: { ...body, case_id: caseId } as Schemas['ListingPropose'], headers: once() }))

/** One instruction for each of the units that were chosen, and for the person. */
export function instruct(caseId: string, { unit_ids: units, person_id: person, ...body }: Answers) {
  const addressees = [...((units as string[] | undefined) ?? []).map((unit_id) => ({ unit_id })), ...(person ? [{ person_id: person as string }] : [])]
  return unwrap(api.POST('/api/v1/case-instructions', { body: { ...body, case_id: caseId, addressees } as Schemas['InstructionGive'], headers: once() }))
}

interface Seen {
  id: string
  rev: number
}
export const stepListing = (seen: Seen, action: string, body: Answers): Promise<unknown> => act(`/api/v1/case-listings/{listing_id}/actions/${action}` as ActionPath, { params: { listing_id: seen.id }, rev: seen.rev }, body as never)
export const stepInstruction = (seen: Seen, action: string, body: Answers): Promise<unknown> => act(`/api/v1/case-instructions/{task_id}/actions/${action}` as ActionPath, { params: { task_id: seen.id }, rev: seen.rev }, body as never)

export function useSupervisionRefresh() {
  const client = useQueryClient()
  return () => {
    for (const key of ['supervision', 'cases']) void client.invalidateQueries({ queryKey: [key] })
  }
}
