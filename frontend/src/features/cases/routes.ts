import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  { path: 'cases', component: () => import('./pages/CaseListPage.vue'), meta: { title: 'cases.list.title', permission: 'case:read' } },
  { path: 'cases/new', component: () => import('./pages/IntakePage.vue'), meta: { title: 'cases.intake.title', permission: 'case:create' } },
  { path: 'cases/:id', component: () => import('./pages/CasePage.vue'), props: true, meta: { title: 'cases.detail.title', permission: 'case:read' } },
]

export default routes
