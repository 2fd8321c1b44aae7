/** Calls of monitoring points, their monitors and what these tell. */
import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'

import { act, type ActionPath } from '@/api/actions'
import { api, idempotent, randomId, unwrap } from '@/api/client'
import type { Schemas } from '@/api/types'
import type { Answers } from '@/shared/composables/answers'

const query = { limit: 100 }
const once = () => idempotent(randomId())

export type MonitoringKind = 'monitoring-points' | 'monitors' | 'monitoring-infos'
const KEYS: Record<MonitoringKind, string> = { 'monitoring-points': 'point_id', monitors: 'monitor_id', 'monitoring-infos': 'info_id' }

export const usePoints = () => useQuery({ queryKey: ['monitoring', 'points'], queryFn: () => unwrap(api.GET('/api/v1/monitoring-points', { params: { query } })) })
export const useDutyRates = () => useQuery({ queryKey: ['monitoring', 'rates'], queryFn: () => unwrap(api.GET('/api/v1/monitoring-duties/rates', { params: { query } })) })
export const usePoint = (id: MaybeRefOrGetter<string>) =>
  useQuery({ queryKey: computed(() => ['monitoring', 'point', toValue(id)]), queryFn: () => unwrap(api.GET('/api/v1/monitoring-points/{point_id}', { params: { path: { point_id: toValue(id) } } })) })
export const useMonitors = () => useQuery({ queryKey: ['monitoring', 'monitors'], queryFn: () => unwrap(api.GET('/api/v1/monitors', { params: { query } })) })
export const useInfos = () => useQuery({ queryKey: ['monitoring', 'infos'], queryFn: () => unwrap(api.GET('/api/v1/monitoring-infos', { params: { query } })) })

export const nominatePoint = (body: Answers) => unwrap(api.POST('/api/v1/monitoring-points', { body: body as Schemas['PointCreate'], headers: once() }))
export const nominateMonitor = (id: string, body: Answers) => unwrap(api.POST('/api/v1/monitoring-points/{point_id}/monitors', { params: { path: { point_id: id } }, body: body as Schemas['MonitorCreate'], headers: once() }))
export const submitInfo = (id: string, body: Answers) => unwrap(api.POST('/api/v1/monitoring-infos', { body: { ...body, monitor_id: id } as Schemas['InfoCreate'], headers: once() }))

export const step = (kind: MonitoringKind, seen: { id: string; rev: number }, action: string, body: Answers): Promise<unknown> =>
  act(`/api/v1/${kind}/{${KEYS[kind]}}/actions/${action}` as ActionPath, { params: { [KEYS[kind]]: seen.id } as never, rev: seen.rev }, body as never)

export function useMonitoringRefresh() {
  const client = useQueryClient()
  return () => void client.invalidateQueries({ queryKey: ['monitoring'] })
}
