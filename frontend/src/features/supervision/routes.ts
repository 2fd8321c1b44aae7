import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  { path: 'supervision/listings', component: () => import('./pages/ListingsPage.vue'), meta: { title: 'supervision.listings.title', permission: 'listing:read' } },
  { path: 'supervision/listings/:id', component: () => import('./pages/ListingPage.vue'), props: true, meta: { title: 'supervision.detail.title', permission: 'listing:read' } },
  { path: 'supervision/instructions', component: () => import('./pages/InstructionsPage.vue'), meta: { title: 'supervision.instructions.title', permission: 'instruction:read' } },
]

export default routes
