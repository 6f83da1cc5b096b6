import { createRouter, createWebHistory, type RouteRecordRaw, type Router, type RouterHistory } from 'vue-router'
import { useSession } from '@/state/session'

// Every page is fetched when it is first opened.
const routes: RouteRecordRaw[] = [
  { path: '/sign-in', component: () => import('@/pages/SignIn.vue'), meta: { open: true } },
  { path: '/', component: () => import('@/pages/Today.vue') },
  { path: '/more', component: () => import('@/pages/More.vue') },
  { path: '/recordings', component: () => import('@/pages/Recordings.vue') },
  { path: '/announcements', component: () => import('@/pages/Announcements.vue') },
  { path: '/announcements/:id', component: () => import('@/pages/AnnouncementEditor.vue'), props: true },
  { path: '/playlists', component: () => import('@/pages/Playlists.vue') },
  { path: '/playlists/:id', component: () => import('@/pages/PlaylistEditor.vue'), props: true },
  { path: '/now', component: () => import('@/pages/PlayNow.vue') },
  { path: '/rounds', component: () => import('@/pages/Rounds.vue') },
  { path: '/rounds/ring-test', redirect: '/ring-test' },
  { path: '/rounds/:id', component: () => import('@/pages/RoundEditor.vue'), props: true },
  { path: '/calendar', component: () => import('@/pages/Calendar.vue'), meta: { broad: true } },
  { path: '/terminals', component: () => import('@/pages/Terminals.vue') },
  { path: '/terminals/:id', component: () => import('@/pages/TerminalDay.vue'), props: true, meta: { broad: true } },
  { path: '/why', component: () => import('@/pages/Why.vue') },
  { path: '/register', component: () => import('@/pages/Register.vue') },
  { path: '/reconciliation', component: () => import('@/pages/Reconciliation.vue'), meta: { broad: true } },
  { path: '/complaints', component: () => import('@/pages/Complaints.vue') },
  { path: '/complaints/new', component: () => import('@/pages/NewComplaint.vue') },
  { path: '/complaints/:id', component: () => import('@/pages/Complaint.vue'), props: true },
  { path: '/ring-test', component: () => import('@/pages/RingTest.vue') },
  { path: '/repairs', component: () => import('@/pages/Repairs.vue') },
  { path: '/quiet', component: () => import('@/pages/Quiet.vue') },
  { path: '/quiet/now', component: () => import('@/pages/Silence.vue') },
  { path: '/quiet/places', component: () => import('@/pages/QuietPlaces.vue') },
  { path: '/quiet/places/:id', component: () => import('@/pages/QuietPlaceEditor.vue'), props: true },
  { path: '/loudness', component: () => import('@/pages/Loudness.vue') },
  { path: '/days', component: () => import('@/pages/Holidays.vue') },
  { path: '/days/new', component: () => import('@/pages/HolidaysEditor.vue') },
  { path: '/days/named/:name', component: () => import('@/pages/HolidaysEditor.vue'), props: true },
  { path: '/history', component: () => import('@/pages/History.vue') },
  { path: '/people', component: () => import('@/pages/People.vue') },
  { path: '/me', component: () => import('@/pages/Me.vue') },
  { path: '/:rest(.*)*', redirect: '/' },
]

/** The console's ways. Who is not signed in comes to the sign-in page first, and from there to where he wanted to go. */
export function makeRouter(history: RouterHistory = createWebHistory()): Router {
  const router = createRouter({ history, routes, scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 } })
  router.beforeEach(async (to) => {
    const session = useSession()
    await session.ready
    if (session.session === null && to.meta.open !== true) return { path: '/sign-in', query: { next: to.fullPath } }
    if (session.session !== null && to.meta.open === true) return '/'
    return true
  })
  return router
}
