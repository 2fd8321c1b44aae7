import type { RouteRecordRaw } from 'vue-router'

const meta = { title: 'inspections.checks.title', permission: 'self_check:read' }
const letters = { title: 'inspections.letters.title', permission: 'letter:read' }
const drafting = { title: 'inspections.letters.draft', permission: 'letter:draft' }
const routes: RouteRecordRaw[] = [
  { path: 'letters', component: () => import('./pages/LettersPage.vue'), meta: letters },
  { path: 'letters/rates', component: () => import('./pages/LetterRatesPage.vue'), meta: letters },
  { path: 'letters/new', component: () => import('./pages/LetterEditPage.vue'), meta: drafting },
  { path: 'letters/:id/edit', component: () => import('./pages/LetterEditPage.vue'), props: true, meta: drafting },
  { path: 'letters/:id', component: () => import('./pages/LetterPage.vue'), props: true, meta: letters },
  { path: 'self-checks', component: () => import('./pages/ChecksPage.vue'), meta },
  { path: 'self-checks/:id', component: () => import('./pages/CheckPage.vue'), props: true, meta },
]

export default routes
