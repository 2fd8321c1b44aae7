import '@/shared/theme/tokens.css'
import '@/shared/theme/base.css'
import '@/shared/theme/element.css'

import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { createPinia } from 'pinia'
import { computed, createApp } from 'vue'

import { apiLookups } from '@/api/lookups'
import { asProblem } from '@/api/problems'
import { useSession } from '@/api/session'
import { onSessionLost } from '@/api/token'
import { PERMISSIONS } from '@/shared/composables/permissions'
import { applyMode } from '@/shared/theme/mode'
import { LOOKUPS } from '@/shared/ui/lookups'

import App from './App.vue'
import { createConsoleSpeech, SPEAK } from './language'
import { createConsoleRouter } from './router'

const FRESH_MS = 15_000

applyMode()
const { i18n, speak } = await createConsoleSpeech()
const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: FRESH_MS, retry: (count, error) => count < 1 && [0, 503].includes(asProblem(error).status) },
    mutations: { retry: false },
  },
})
const app = createApp(App)
const router = createConsoleRouter()

app.use(createPinia()).use(i18n).use(VueQueryPlugin, { queryClient: queries }).use(router)
const session = useSession()
app.provide(PERMISSIONS, computed(() => session.permissions))
app.provide(LOOKUPS, apiLookups(queries))
app.provide(SPEAK, speak)

router.afterEach((to) => {
  document.title = `${to.meta.title ? `${i18n.global.t(to.meta.title)} · ` : ''}${i18n.global.t('shell.product')}`
})
onSessionLost(() => {
  session.forget()
  queries.clear()
  void router.push({ path: '/login', query: { next: router.currentRoute.value.fullPath, over: '1' } })
})
app.mount('#app')
