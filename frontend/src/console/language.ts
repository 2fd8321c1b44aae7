/** Language of the console: our messages and Element Plus's own words arrive and switch together. */
import type { Language } from 'element-plus/es/locale'
import { type InjectionKey, type ShallowRef, shallowRef } from 'vue'

import { createSpeech, type Messages } from '@/shared/i18n/create'
import type { Locale } from '@/shared/i18n/locale'

export const elementWords: ShallowRef<Language | undefined> = shallowRef()

export const SPEAK: InjectionKey<(locale: Locale) => Promise<void>> = Symbol('speak')

type Pack = { default: Messages; element: Language }


const packs: Record<Locale, () => Promise<Pack>> = {
  'zh-CN': () => import('./labels/zh-CN'),
  en: () => import('./labels/en'),
}

export async function createConsoleSpeech() {
  const speech = await createSpeech(packs)
  const speak = async (locale: Locale) => {
    await speech.speak(locale)
    elementWords.value = (await packs[locale]()).element
  }
  await speak(speech.i18n.global.locale.value)
  return { i18n: speech.i18n, speak }
}
