/**
 * What an inspector wrote where there was no network, kept on the device until the server has it.
 * Every draft carries the key under which it is sent, so that sending again does nothing.
 */
import type { Schemas } from '@/api/types'

export type Sheet = Schemas['SheetRead']
export interface AnswerDraft {
  kind: 'answer'
  id: string
  row: string
  body: Schemas['AnswerInput']
  /** The server has another answer by now: the person chooses. */
  clash?: boolean
}
export interface Photo {
  name: string
  type: string
  bytes: ArrayBuffer
  /** The key the server gave once it had the file. */
  fileId?: string
}
export interface FindingDraft {
  kind: 'finding'
  id: string
  row: string
  body: Omit<Schemas['FindingCreate'], 'file_ids'>
  photos: Photo[]
  refused?: string
}
export type Draft = AnswerDraft | FindingDraft

const NAME = 'xn-inspections'
let opened: Promise<IDBDatabase> | undefined

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore('drafts', { keyPath: 'id' })
      request.result.createObjectStore('sheets', { keyPath: 'id' })
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('no device store'))
  })
  return opened
}

async function run<T>(store: 'drafts' | 'sheets', mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const transaction = (await database()).transaction(store, mode)
  const request = work(transaction.objectStore(store))
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result)
    transaction.onerror = () => reject(transaction.error ?? new Error('the device store refused'))
  })
}

const plain = <T>(value: T): T => structuredClone(value)

export const keepDraft = (draft: Draft): Promise<unknown> => run('drafts', 'readwrite', (store) => store.put(plain(draft)))
export const dropDraft = (id: string): Promise<unknown> => run('drafts', 'readwrite', (store) => store.delete(id))
export const keepSheet = (sheet: Sheet): Promise<unknown> => run('sheets', 'readwrite', (store) => store.put(plain(sheet)))
export const keptSheet = (id: string): Promise<Sheet | undefined> => run<Sheet | undefined>('sheets', 'readonly', (store) => store.get(id) as IDBRequest<Sheet | undefined>)

export async function draftsOf(row: string): Promise<Draft[]> {
  const all = await run<Draft[]>('drafts', 'readonly', (store) => store.getAll() as IDBRequest<Draft[]>)
  return all.filter((draft) => draft.row === row)
}
