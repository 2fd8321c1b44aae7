import '@/shared/theme/tokens.css'
import '@/shared/theme/base.css'
import './portal.css'

import { createApp } from 'vue'
import { createWebHistory } from 'vue-router'

import { applyMode } from '@/shared/theme/mode'

import App from './App.vue'
import { createPortalRouter } from './router'
import { startSpeech } from './speech'
import { applyTypeSize } from './typeSize'

applyMode()
applyTypeSize()
void startSpeech().then(() => createApp(App).use(createPortalRouter(createWebHistory('/portal'))).mount('#app'))
