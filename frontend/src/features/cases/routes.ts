import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  { path: 'cases', component: () => import('./pages/CaseListPage.vue'), meta: { title: 'cases.list.title', permission: 'case:read' } },
  { path: 'cases/new', component: () => import('./pages/IntakePage.vue'), meta: { title: 'cases.intake.title', permission: 'case:create' } },
  { path: 'cases/dispatch', component: () => import('./pages/QueuePage.vue'), props: { queue: 'dispatch' }, meta: { title: 'cases.queue.dispatch.title', permission: 'case:dispatch' } },
  { path: 'cases/call-back', component: () => import('./pages/QueuePage.vue'), props: { queue: 'call_back' }, meta: { title: 'cases.queue.call_back.title', permission: 'case:call_back' } },
  { path: 'cases/parts', component: () => import('./pages/PartsPage.vue'), meta: { title: 'cases.parts.desk', permission: 'assignment:read' } },
  { path: 'cases/requests', component: () => import('./pages/RequestsPage.vue'), meta: { title: 'cases.requests.queue', permission: 'request:read' } },
  { path: 'cases/:id', component: () => import('./pages/CasePage.vue'), props: true, meta: { title: 'cases.detail.title', permission: 'case:read' } },
]

export default routes
