/**
 * The portal's words. vue-i18n would be 39 kB gzip of a 90 kB first load; what the portal needs of it is this:
 * Chinese at hand, English loaded on demand, keys checked by the compiler, `{name}` places filled in.
 */
import { shallowRef } from 'vue'

import { currentLocale, type Locale, rememberLocale } from '@/shared/i18n/locale'

import zh from './labels/zh-CN'

type Worded<T> = { [K in keyof T]: T[K] extends string ? string : Worded<T[K]> }

/** The shape both languages fill. */
export type Labels = Worded<typeof zh>

type Path<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Path<T[K]>}` }[keyof T & string]

export type Key = Path<Labels>

const labels = shallowRef<Labels>(zh)

/** Loads the language, then switches; on a failed load the page stays in the language it has. */
export async function speak(locale: Locale): Promise<void> {
  const words = locale === 'zh-CN' ? zh : (await import('./labels/en')).default
  rememberLocale(locale)
  labels.value = words
}

/** Called once before the page is mounted. Without the network for English, the page opens in Chinese. */
export async function startSpeech(): Promise<void> {
  await speak(currentLocale()).catch(() => speak('zh-CN'))
}

function find(key: string): string {
  const found = key.split('.').reduce<unknown>((level, name) => (level as Record<string, unknown> | undefined)?.[name], labels.value)
  return typeof found === 'string' ? found : key
}

/** The text of a key in the current language; reactive. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  return find(key).replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place))
}
