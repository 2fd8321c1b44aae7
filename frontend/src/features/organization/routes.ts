import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  { path: 'units/:id?', component: () => import('./pages/UnitsPage.vue'), props: true, meta: { title: 'organization.title' } },
  { path: 'people', component: () => import('./pages/PeoplePage.vue'), meta: { title: 'organization.directory', permission: 'person:read' } },
  { path: 'people/:id', component: () => import('./pages/PersonPage.vue'), props: true, meta: { title: 'organization.directory', permission: 'person:read' } },
  { path: 'bodies', component: () => import('./pages/BodiesPage.vue'), meta: { title: 'organization.body.title', permission: 'body:read' } },
  { path: 'bodies/:id', component: () => import('./pages/BodyPage.vue'), props: true, meta: { title: 'organization.body.title', permission: 'body:read' } },
]

export default routes
