import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  { path: 'exports', component: () => import('./pages/ExportsPage.vue'), meta: { title: 'transfers.exports.title', permission: 'export:create' } },
  { path: 'export-approvals', component: () => import('./pages/ApprovalsPage.vue'), meta: { title: 'transfers.approvals.title', permission: 'export:decide' } },
  { path: 'imports', component: () => import('./pages/ImportsPage.vue'), meta: { title: 'transfers.imports.title', permission: 'import:create' } },
  { path: 'imports/:id', component: () => import('./pages/ImportPage.vue'), props: true, meta: { title: 'transfers.imports.title', permission: 'import:create' } },
]

export default routes
