/** What the kit's pickers and uploads need from outside; an entry provides it once, so that the kit knows no API. */
import type { InjectionKey } from 'vue'

import type { FileInfo, Option, TreeOption } from './types'

export interface Lookups {
  units: () => Promise<TreeOption[]>
  people: (unitId: string) => Promise<Option[]>
  categories: () => Promise<TreeOption[]>
  upload: (file: File) => Promise<FileInfo>
  download: (file: { id: string; name: string }) => Promise<void>
}

export const LOOKUPS: InjectionKey<Lookups> = Symbol('lookups')
