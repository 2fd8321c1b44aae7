import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'

import { api, idempotent, randomId, unwrap } from '@/api/client'
import type { ExportRead } from '@/api/types'

const LIMIT = 20
const POLL_MS = 5000
const UNDER_WAY: readonly ExportRead['state'][] = ['waiting', 'running']

export const isUnderWay = (row: { state: ExportRead['state'] }) => UNDER_WAY.includes(row.state)

/** The person's exports. The live stream tells of progress; while something runs the page also asks by itself. */
export const useExports = (cursor: Ref<string | undefined>) =>
  useQuery({
    queryKey: computed(() => ['exports', 'list', cursor.value]),
    queryFn: () => unwrap(api.GET('/api/v1/exports', { params: { query: { limit: LIMIT, with_total: true, ...(cursor.value ? { cursor: cursor.value } : {}) } } })),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => (query.state.data?.items.some(isUnderWay) ? POLL_MS : false),
  })

export function useExportStop() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => unwrap(api.POST('/api/v1/exports/{export_id}/actions/cancel', { params: { path: { export_id: id } }, headers: idempotent(randomId()) })),
    onSettled: () => client.invalidateQueries({ queryKey: ['exports'] }),
  })
}
