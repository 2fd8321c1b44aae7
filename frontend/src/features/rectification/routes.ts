import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  { path: 'rectification', component: () => import('./pages/ItemListPage.vue'), meta: { title: 'rectification.list.title', permission: 'item:read' } },
  { path: 'rectification/new', component: () => import('./pages/NewItemPage.vue'), meta: { title: 'rectification.create.title', permission: 'item:create' } },
  { path: 'rectification/lists', component: () => import('./pages/ListsPage.vue'), meta: { title: 'rectification.tabs.lists', permission: 'item:read' } },
  { path: 'rectification/institutions', component: () => import('./pages/InstitutionsPage.vue'), meta: { title: 'rectification.tabs.institutions', permission: 'institution:read' } },
  { path: 'rectification/acceptance', component: () => import('./pages/AcceptancePage.vue'), meta: { title: 'rectification.tabs.acceptance', permission: 'item:read' } },
  { path: 'rectification/look-backs', component: () => import('./pages/LookBacksPage.vue'), meta: { title: 'rectification.back.title', permission: 'look_back:read' } },
  { path: 'rectification/look-backs/:id', component: () => import('./pages/LookBackPage.vue'), props: true, meta: { title: 'rectification.back.title', permission: 'look_back:read' } },
  { path: 'rectification/ledgers', component: () => import('./pages/LedgersPage.vue'), meta: { title: 'rectification.ledgers.title', permission: 'ledger:read' } },
  { path: 'rectification/:id', component: () => import('./pages/ItemPage.vue'), props: true, meta: { title: 'rectification.detail.title', permission: 'item:read' } },
]

export default routes
