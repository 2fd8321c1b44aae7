import type { RouteRecordRaw } from 'vue-router'

const scheme = { permission: 'evaluation_scheme:read' }
const draft = { permission: 'evaluation_scheme:draft' }
const round = { permission: 'evaluation:read' }
const routes: RouteRecordRaw[] = [
  { path: 'evaluations', component: () => import('./pages/RoundsPage.vue'), meta: { title: 'evaluations.rounds.title', ...round } },
  { path: 'evaluations/pool', component: () => import('./pages/PoolPage.vue'), meta: { title: 'evaluations.pool.title', permission: 'evaluation_pool:read' } },
  { path: 'evaluations/schemes', component: () => import('./pages/SchemesPage.vue'), meta: { title: 'evaluations.schemes.title', ...scheme } },
  { path: 'evaluations/schemes/new', component: () => import('./pages/SchemeEditPage.vue'), props: ({ query }) => ({ basedOn: query['based_on'] }), meta: { title: 'evaluations.edit.title', ...draft } },
  { path: 'evaluations/schemes/:id/edit', component: () => import('./pages/SchemeEditPage.vue'), props: true, meta: { title: 'evaluations.edit.title', ...draft } },
  { path: 'evaluations/schemes/:id', component: () => import('./pages/SchemePage.vue'), props: true, meta: { title: 'evaluations.scheme.title', ...scheme } },
  { path: 'evaluations/:id/codes', component: () => import('./pages/CodesPage.vue'), props: true, meta: { title: 'evaluations.codes.title', permission: 'evaluation:manage' } },
  { path: 'evaluations/:id', component: () => import('./pages/RoundPage.vue'), props: true, meta: { title: 'evaluations.round.title', ...round } },
]

export default routes
