import { createRouter, type Router, type RouterHistory } from 'vue-router'

import { arrive } from './arrival'
import HomePage from './pages/HomePage.vue'
import ListedPage from './pages/ListedPage.vue'
import MissingPage from './pages/MissingPage.vue'
import RatePage from './pages/RatePage.vue'
import SayPage from './pages/SayPage.vue'
import SubmitPage from './pages/SubmitPage.vue'
import TrackPage from './pages/TrackPage.vue'
import { shut } from './receipts/session'

/** Pages that may see an opened receipt; on every other one it is forgotten. */
const WITH_RECEIPT = ['track', 'rate', 'supplement', 'dispute']

/** What a case needs comes in one piece: a page that is open keeps working when the network goes away. The rest comes when asked for. */
export function createPortalRouter(history: RouterHistory): Router {
  const router = createRouter({
    history,
    routes: [
      { path: '/', name: 'home', component: HomePage },
      { path: '/submit', name: 'submit', component: SubmitPage },
      { path: '/track', name: 'track', component: TrackPage },
      { path: '/rate', name: 'rate', component: RatePage },
      { path: '/supplement', name: 'supplement', component: SayPage, props: { saying: 'supplement' } },
      { path: '/dispute', name: 'dispute', component: SayPage, props: { saying: 'dispute' } },
      { path: '/listed', name: 'listed', component: ListedPage },
      { path: '/evaluations', name: 'votes', component: () => import('./pages/VotesPage.vue') },
      { path: '/evaluations/:id/vote', name: 'vote', props: true, component: () => import('./pages/VotePage.vue') },
      { path: '/evaluations/:id/draw', name: 'draw', props: true, component: () => import('./pages/DrawPage.vue') },
      { path: '/evaluations/:id/result', name: 'result', props: true, component: () => import('./pages/ResultPage.vue') },
      { path: '/:rest(.*)*', name: 'missing', component: MissingPage },
    ],
  })
  router.afterEach((to, from, failure) => {
    if (failure) return
    if (from.matched.length > 0) arrive()
    if (!WITH_RECEIPT.includes(String(to.name))) shut()
  })
  return router
}
