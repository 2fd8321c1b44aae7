import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'

import { act } from '@/api/actions'
import { api, idempotent, randomId, unwrap } from '@/api/client'
import type { ApprovalRead, ExportRead } from '@/api/types'
import type { Answers } from '@/shared/composables/answers'

const LIMIT = 20
const POLL_MS = 5000
const UNDER_WAY: readonly ExportRead['state'][] = ['waiting', 'running']
const OPEN: readonly ExportRead['state'][] = ['to_approve', ...UNDER_WAY]

export const isUnderWay = (row: { state: ExportRead['state'] }) => UNDER_WAY.includes(row.state)
export const canStop = (row: { state: ExportRead['state'] }) => OPEN.includes(row.state)

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

/** The exports that wait for a second person, the oldest first. */
export const useApprovals = () =>
  useQuery({ queryKey: ['exports', 'approvals'], queryFn: () => unwrap(api.GET('/api/v1/export-approvals', { params: { query: { limit: 100 } } })) })

export function useApprovalRefresh() {
  const client = useQueryClient()
  return () => void client.invalidateQueries({ queryKey: ['exports'] })
}

export function decide(approval: ApprovalRead, action: string, body: Answers) {
  const target = { params: { export_id: approval.id }, rev: approval.rev }
  if (action === 'approve') return act('/api/v1/export-approvals/{export_id}/actions/approve', target, undefined as never)
  return act('/api/v1/export-approvals/{export_id}/actions/refuse', target, { reason: String(body['reason'] ?? '') })
}
