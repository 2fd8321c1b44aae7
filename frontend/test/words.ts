/** All messages of the console in one language, as the entry assembles them. */
import { createI18n } from 'vue-i18n'

import en from '@/console/labels/en'
import zh from '@/console/labels/zh-CN'
import portalEn from '@/portal/labels/en'
import portalZh from '@/portal/labels/zh-CN'
import type { Messages } from '@/shared/i18n/create'

const messages = { 'zh-CN': zh as Messages, en: en as Messages }

/** Everything either entry says. */
export const allMessages = { 'zh-CN': { ...zh, ...portalZh } as Messages, en: { ...en, ...portalEn } as Messages }

export function speech(locale: 'zh-CN' | 'en' = 'zh-CN') {
  return createI18n({ legacy: false, locale, fallbackLocale: 'zh-CN', messages })
}
