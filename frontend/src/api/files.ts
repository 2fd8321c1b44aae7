/** Uploads and downloads. */
import { api, randomId, idempotent, unwrap } from './client'
import type { FileRef } from './types'

/** Stores one file; the server checks size and type. */
export function uploadFile(file: File): Promise<FileRef> {
  const form = new FormData()
  form.append('file', file)
  const headers = idempotent(randomId())
  return unwrap(api.POST('/api/v1/files', { body: form as unknown as { file: string }, bodySerializer: (body) => body, headers }))
}

/** Fetches a stored file with the session's token and hands it to the browser as a download. */
export async function downloadFile(file: { id: string; name: string }): Promise<void> {
  const blob = await unwrap(api.GET('/api/v1/files/{file_id}/content', { params: { path: { file_id: file.id } }, parseAs: 'blob' }))
  save(blob as unknown as Blob, file.name)
}

/** Hands what was fetched to the browser as a download. */
export function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
