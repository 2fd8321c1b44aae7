import '@/shared/theme/tokens.css'
import '@/shared/theme/base.css'

import { createApp } from 'vue'

import { createSpeech } from '@/shared/i18n/create'
import { applyMode } from '@/shared/theme/mode'

import App from './App.vue'

applyMode()
const { i18n } = await createSpeech({ 'zh-CN': () => import('./labels/zh-CN'), en: () => import('./labels/en') })
createApp(App).use(i18n).mount('#app')
