/** Which language the person reads; kept on this device. Everything that formats or asks for text reads it here. */
import { ref } from 'vue'

export const LOCALES = ['zh-CN', 'en'] as const
export type Locale = (typeof LOCALES)[number]

const KEY = 'xn.locale'

function stored(): Locale {
  const value = localStorage.getItem(KEY)
  return LOCALES.find((locale) => locale === value) ?? 'zh-CN'
}

const locale = ref<Locale>(stored())

export function currentLocale(): Locale {
  return locale.value
}

export function rememberLocale(next: Locale): void {
  locale.value = next
  localStorage.setItem(KEY, next)
  document.documentElement.lang = next
}
