import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { onBeforeUnmount, onMounted, type Ref } from 'vue'

import { api, unwrap } from '@/api/client'
import { listen, type StreamEvent } from '@/api/stream'

const LIMIT = 15
const POLL_MS = 5 * 60_000

export const useUnreadCount = () =>
  useQuery({ queryKey: ['notifications', 'count'], queryFn: () => unwrap(api.GET('/api/v1/notifications/unread_count')), refetchInterval: POLL_MS })

export const useNotices = (enabled: Ref<boolean>) =>
  useInfiniteQuery({
    queryKey: ['notifications', 'list'],
    queryFn: ({ pageParam }) => unwrap(api.GET('/api/v1/notifications', { params: { query: { limit: LIMIT, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
    enabled,
  })

export function useMarkRead() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { ids?: string[]; all?: boolean }) => unwrap(api.POST('/api/v1/notifications/actions/mark_read', { body })),
    onSettled: () => client.invalidateQueries({ queryKey: ['notifications'] }),
  })
}

const ROOTS: Record<string, string> = { case: 'cases', rectification_item: 'rectification', export: 'exports', import: 'imports' }

/** While the console is open, what changes elsewhere is asked for again here. */
export function useLive() {
  const client = useQueryClient()
  const stop = new AbortController()
  const stale = (...roots: string[]) => roots.forEach((root) => void client.invalidateQueries({ queryKey: [root] }))

  function hear({ event, data }: StreamEvent) {
    if (event === 'notification') stale('notifications')
    if (event !== 'changed') return
    const root = ROOTS[(data as { subject_type: string }).subject_type]
    stale('desk', ...(root ? [root] : []))
  }
  onMounted(() => void listen(hear, () => stale('notifications', 'desk'), stop.signal))
  onBeforeUnmount(() => stop.abort())
}
