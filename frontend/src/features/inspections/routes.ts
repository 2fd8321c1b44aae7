import type { RouteRecordRaw } from 'vue-router'

const meta = { title: 'inspections.checks.title', permission: 'self_check:read' }
const read = { permission: 'inspection:read' }
const office = { permission: 'inspection_plan:read' }
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
  { path: 'inspections', component: () => import('./pages/InspectionsPage.vue'), meta: { title: 'inspections.visit.title', ...read } },
  { path: 'inspections/plans', component: () => import('./pages/PlansPage.vue'), meta: { title: 'inspections.plan.title', ...office } },
  { path: 'inspections/relations', component: () => import('./pages/RelationsPage.vue'), meta: { title: 'inspections.relation.title', ...office } },
  { path: 'inspections/units/:id', component: () => import('./pages/FieldPage.vue'), props: true, meta: { title: 'inspections.site.title', ...read } },
  { path: 'inspections/findings/:id', component: () => import('./pages/FindingPage.vue'), props: true, meta: { title: 'inspections.finding.page', ...read } },
  { path: 'inspections/:id', component: () => import('./pages/InspectionPage.vue'), props: true, meta: { title: 'inspections.visit.one', ...read } },
]

export default routes
