/** One vue-i18n instance per entry; messages of the other language arrive only when somebody switches to it. */
import { createI18n } from 'vue-i18n'

import { currentLocale, type Locale, rememberLocale } from './locale'

export interface Messages {
  [key: string]: string | Messages
}

export type Loaders = Record<Locale, () => Promise<{ default: Messages }>>

function blank() {
  return createI18n({ legacy: false, locale: currentLocale(), fallbackLocale: 'zh-CN', messages: { 'zh-CN': {}, en: {} } as Record<Locale, Messages>, missingWarn: false, fallbackWarn: false })
}

type AppI18n = ReturnType<typeof blank>

export interface Speech {
  i18n: AppI18n
  /** Loads what is missing, then switches. */
  speak: (locale: Locale) => Promise<void>
}

export async function createSpeech(loaders: Loaders): Promise<Speech> {
  const i18n = blank()
  const loaded = new Set<Locale>()
  const speak = async (locale: Locale) => {
    if (!loaded.has(locale)) {
      i18n.global.setLocaleMessage(locale, (await loaders[locale]()).default)
      loaded.add(locale)
    }
    i18n.global.locale.value = locale
    rememberLocale(locale)
  }
  await speak(currentLocale())
  return { i18n, speak }
}
