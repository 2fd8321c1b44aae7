import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, type Ref, toValue } from 'vue'

import { act, type ActionPath } from '@/api/actions'
import { api, idempotent, randomId, unwrap } from '@/api/client'
import type { Paths, Schemas } from '@/api/types'
import type { Answers } from '@/shared/composables/answers'

export type LetterQuery = NonNullable<Paths['/api/v1/letters']['get']['parameters']['query']>
export type Letter = Schemas['LetterRead']
export type Content = Schemas['LetterContent']
const LIMIT = 20
const MOST = 100
const RENDERING = 3000

export const useLetters = (query: Ref<LetterQuery>) =>
  useQuery({
    queryKey: computed(() => ['letters', 'list', query.value]),
    queryFn: () => unwrap(api.GET('/api/v1/letters', { params: { query: { limit: LIMIT, with_total: true, ...query.value } } })),
    placeholderData: keepPreviousData,
  })

/** Word and PDF are made by a job after issuing: until they are there, look again. */
const awaitsFiles = (letter: Letter | undefined) => letter !== undefined && letter.no !== null && letter.pdf_file === null && letter.pdf_problem === null

export const useLetter = (id: MaybeRefOrGetter<string>) =>
  useQuery({
    queryKey: computed(() => ['letters', 'one', toValue(id)]),
    queryFn: () => unwrap(api.GET('/api/v1/letters/{letter_id}', { params: { path: { letter_id: toValue(id) } } })),
    enabled: () => toValue(id) !== '',
    refetchInterval: (query) => (awaitsFiles(query.state.data) ? RENDERING : false),
  })

export const useLetterPages = (id: MaybeRefOrGetter<string>, rev: MaybeRefOrGetter<number | undefined>) =>
  useQuery({
    queryKey: computed(() => ['letters', 'pages', toValue(id), toValue(rev)]),
    queryFn: () => unwrap(api.GET('/api/v1/letters/{letter_id}/preview', { params: { path: { letter_id: toValue(id) } } })),
    enabled: () => toValue(rev) !== undefined,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  })

export const useLetterTimeline = (id: MaybeRefOrGetter<string>) =>
  useInfiniteQuery({
    queryKey: computed(() => ['letters', 'timeline', toValue(id)]),
    queryFn: ({ pageParam }) => unwrap(api.GET('/api/v1/letters/{letter_id}/timeline', { params: { path: { letter_id: toValue(id) }, query: { limit: LIMIT, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
  })

export const useRates = (year: MaybeRefOrGetter<number>) =>
  useQuery({ queryKey: computed(() => ['letters', 'rates', toValue(year)]), queryFn: () => unwrap(api.GET('/api/v1/letter-reply-rates', { params: { query: { year: toValue(year) } } })), placeholderData: keepPreviousData })

export const useBodies = () => useQuery({ queryKey: ['letters', 'bodies'], queryFn: () => unwrap(api.GET('/api/v1/bodies', { params: { query: { limit: MOST, current: true } } })) })

export const draftLetter = (body: Content) => unwrap(api.POST('/api/v1/letters', { body, headers: idempotent(randomId()) }))
export const previewLetter = (body: Content) => unwrap(api.POST('/api/v1/letter-previews', { body, headers: idempotent(randomId()) }))
export const setIssuer = (body: Answers) => unwrap(api.POST('/api/v1/letter-issuers', { body: body as Schemas['LetterIssuerInput'], headers: idempotent(randomId()) }))

export const stepLetter = (seen: { id: string; rev: number }, action: string, body: Answers | Content): Promise<Letter> =>
  act(`/api/v1/letters/{letter_id}/actions/${action}` as ActionPath, { params: { letter_id: seen.id }, rev: seen.rev }, body as never) as Promise<unknown> as Promise<Letter>

export function useLettersRefresh() {
  const client = useQueryClient()
  return (letter?: Letter) => {
    if (letter) client.setQueryData(['letters', 'one', letter.id], letter)
    void client.invalidateQueries({ queryKey: ['letters'] })
  }
}
