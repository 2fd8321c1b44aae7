import type { RouteRecordRaw } from 'vue-router'

const meta = { title: 'inspections.checks.title', permission: 'self_check:read' }
const routes: RouteRecordRaw[] = [
  { path: 'self-checks', component: () => import('./pages/ChecksPage.vue'), meta },
  { path: 'self-checks/:id', component: () => import('./pages/CheckPage.vue'), props: true, meta },
]

export default routes
