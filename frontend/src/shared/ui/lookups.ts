/** What the kit's pickers and uploads need from outside; an entry provides it once, so that the kit knows no API. */
import type { InjectionKey } from 'vue'

import type { ViewStore } from '../composables/views'
import type { Explanation, FileInfo, Option, TreeOption } from './types'

export interface Lookups {
  units: () => Promise<TreeOption[]>
  people: (unitId: string) => Promise<Option[]>
  categories: () => Promise<TreeOption[]>
  /** Why a clock ends when it does, day by day. */
  explain: (clockId: string) => Promise<Explanation>
  upload: (file: File) => Promise<FileInfo>
  download: (file: { id: string; name: string }) => Promise<void>
  views: ViewStore
}

export const LOOKUPS: InjectionKey<Lookups> = Symbol('lookups')
