import { describe, expect, it, vi } from 'vitest'

import { button, settle, show, text } from '#test/mount'

import FileUpload from './FileUpload.vue'
import type { FileInfo } from './types'

const stored: FileInfo = { id: 'f1', name: '现场.jpg', size: 1200 }

async function choose(upload: (file: File) => Promise<FileInfo>, names: string[], multiple = true) {
  const { page } = await show(FileUpload, { props: { label: '佐证', multiple, modelValue: [], 'onUpdate:modelValue': (files: FileInfo[]) => void page.setProps({ modelValue: files }) }, lookups: { upload } })
  const input = page.get('input').element as HTMLInputElement
  Object.defineProperty(input, 'files', { value: names.map((name) => new File(['x'], name)) })
  await page.get('input').trigger('change')
  await settle()
  return page
}

describe('FileUpload', () => {
  it('lists what is stored and lets it be removed', async () => {
    await choose(() => Promise.resolve(stored), ['现场.jpg'])
    expect(text()).toContain('现场.jpg')
    button('移除 现场.jpg').click()
    await settle()
    expect(text()).not.toContain('现场.jpg')
  })

  it('says why one file failed and keeps the others', async () => {
    const page = await choose((file) => (file.name === '坏.exe' ? Promise.reject(new Error('这种文件不能上传')) : Promise.resolve(stored)), ['现场.jpg', '坏.exe'])
    expect(page.get('[role=alert]').text()).toContain('没有传上去：这种文件不能上传')
    expect(text()).toContain('现场.jpg')
  })

  it('takes one file only where one is asked for', async () => {
    const upload = vi.fn(() => Promise.resolve(stored))
    await choose(upload, ['a.jpg', 'b.jpg'], false)
    expect(upload).toHaveBeenCalledTimes(1)
  })
})
