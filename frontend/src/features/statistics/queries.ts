import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'

import { act } from '@/api/actions'
import { api, unwrap } from '@/api/client'
import type { DeskRow } from '@/api/types'

const REFRESH_MS = 60_000
const CHANGES = 8

export const useDesk = () => useQuery({ queryKey: ['desk'], queryFn: () => unwrap(api.GET('/api/v1/desk')), refetchInterval: REFRESH_MS })

export const useChanges = () =>
  useQuery({ queryKey: ['notifications', 'recent'], queryFn: () => unwrap(api.GET('/api/v1/notifications', { params: { query: { limit: CHANGES } } })) })

/** Actions that ask nothing run from the desk; all others open the object with their form. */
const AT_ONCE: Record<string, (row: DeskRow) => Promise<unknown>> = {
  'case:sign': (row) => act('/api/v1/cases/{case_id}/actions/sign', { params: { case_id: row.subject_id }, rev: row.rev }, {}),
}

export const runsAtOnce = (row: DeskRow) => row.next_action !== null && `${row.subject_type}:${row.next_action.action}` in AT_ONCE

export function useAtOnce() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (row: DeskRow) => AT_ONCE[`${row.subject_type}:${row.next_action?.action ?? ''}`]?.(row),
    onSettled: (_result, _error, row) => Promise.all([['desk'], [row.subject_type === 'case' ? 'cases' : 'rectification']].map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
}
