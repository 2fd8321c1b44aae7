import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, type Ref, toValue } from 'vue'

import { api, idempotent, randomId, unwrap } from '@/api/client'
import { uploadFile } from '@/api/files'
import type { ImportRead } from '@/api/types'

const LIMIT = 20
const FAULTS = 50
const POLL_MS = 3000
const WORKING: readonly ImportRead['state'][] = ['inspecting', 'checking', 'importing']

export const isWorking = (job: { state: ImportRead['state'] }) => WORKING.includes(job.state)

export const useImports = (cursor: Ref<string | undefined>) =>
  useQuery({
    queryKey: computed(() => ['imports', 'list', cursor.value]),
    queryFn: () => unwrap(api.GET('/api/v1/imports', { params: { query: { limit: LIMIT, with_total: true, ...(cursor.value ? { cursor: cursor.value } : {}) } } })),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => (query.state.data?.items.some(isWorking) ? POLL_MS : false),
  })

/** One import. The live stream tells of progress; while a job has it the page also asks by itself. */
export const useImport = (id: MaybeRefOrGetter<string>) =>
  useQuery({
    queryKey: computed(() => ['imports', 'detail', toValue(id)]),
    queryFn: () => unwrap(api.GET('/api/v1/imports/{import_id}', { params: { path: { import_id: toValue(id) } } })),
    refetchInterval: (query) => (query.state.data && isWorking(query.state.data) ? POLL_MS : false),
  })

export const useFaults = (id: MaybeRefOrGetter<string>, rev: Ref<number>, cursor: Ref<string | undefined>) =>
  useQuery({
    queryKey: computed(() => ['imports', 'faults', toValue(id), rev.value, cursor.value]),
    queryFn: () => unwrap(api.GET('/api/v1/imports/{import_id}/faults', { params: { path: { import_id: toValue(id) }, query: { limit: FAULTS, ...(cursor.value ? { cursor: cursor.value } : {}) } } })),
    placeholderData: keepPreviousData,
  })

/** Uploads a table and begins its import. */
export function useImportStart() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ file, source, kind }: { file: File; source: string; kind: string }) => {
      const { id } = await uploadFile(file)
      return unwrap(api.POST('/api/v1/imports', { body: { kind, file_id: id, source }, headers: idempotent(randomId()) }))
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['imports', 'list'] }),
  })
}

export interface Step {
  action: 'choose_sheet' | 'check' | 'confirm' | 'cancel' | 'undo'
  sheet?: string
  mapping?: Record<string, string>
  constants?: Record<string, string>
}

function take(job: ImportRead, { action, sheet = '', mapping = {}, constants = {} }: Step): Promise<ImportRead> {
  const asked = { params: { path: { import_id: job.id }, header: { 'if-match': `"${job.rev}"`, ...idempotent(randomId()) } } }
  if (action === 'cancel') return unwrap(api.POST('/api/v1/imports/{import_id}/actions/cancel', asked))
  if (action === 'confirm') return unwrap(api.POST('/api/v1/imports/{import_id}/actions/confirm', asked))
  if (action === 'undo') return unwrap(api.POST('/api/v1/imports/{import_id}/actions/undo', asked))
  if (action === 'choose_sheet') return unwrap(api.POST('/api/v1/imports/{import_id}/actions/choose_sheet', { ...asked, body: { sheet } }))
  return unwrap(api.POST('/api/v1/imports/{import_id}/actions/check', { ...asked, body: { mapping, constants } }))
}

/** Takes one step of an import, on what the page shows. */
export function useImportStep() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ job, step }: { job: ImportRead; step: Step }) => take(job, step),
    onSuccess: (next) => client.setQueryData(['imports', 'detail', next.id], next),
    onSettled: () => client.invalidateQueries({ queryKey: ['imports'] }),
  })
}
