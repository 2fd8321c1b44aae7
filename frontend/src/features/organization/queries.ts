import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, type Ref, toValue } from 'vue'

import { api, unwrap } from '@/api/client'

export const useTree = (asOf: Ref<string | null>) =>
  useQuery({
    queryKey: computed(() => ['units', 'tree', asOf.value]),
    queryFn: () => unwrap(api.GET('/api/v1/units/tree', { params: { query: asOf.value === null ? {} : { as_of: asOf.value } } })),
    placeholderData: keepPreviousData,
  })

export const useUnit = (id: MaybeRefOrGetter<string>) =>
  useQuery({ queryKey: computed(() => ['units', 'detail', toValue(id)]), queryFn: () => unwrap(api.GET('/api/v1/units/{unit_id}', { params: { path: { unit_id: toValue(id) } } })) })

export const usePeople = (id: MaybeRefOrGetter<string>) =>
  useQuery({ queryKey: computed(() => ['units', 'people', toValue(id)]), queryFn: () => unwrap(api.GET('/api/v1/units/{unit_id}/people', { params: { path: { unit_id: toValue(id) } } })) })
