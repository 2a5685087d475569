import { createRouter, createWebHistory, type NavigationGuardWithThis, type RouteRecordRaw } from 'vue-router'
import type { ViewPage } from './api/types'

declare module 'vue-router' {
  interface RouteMeta {
    title: string
    /** The page's place in the navigation; undefined if it is not listed there. */
    order?: number
    /** The name of the listed page that this unlisted page belongs to. */
    under?: string
    /** The page of the documentation that tells about it; undefined: the documentation's start. */
    docs?: string
  }
}

/** An address with the name of a view and nothing else shows what the view shows. */
function byView(page: ViewPage): NavigationGuardWithThis<undefined> {
  return async (to) => {
    const others = Object.keys(to.query).filter((name) => name !== 'view' && name !== 'card')
    if (!to.query['view'] || others.length) return true
    const { enterView } = await import('./views/enterView')
    return enterView(page, to)
  }
}

export const routes: RouteRecordRaw[] = [
  {
    path: '/overview',
    name: 'overview',
    component: () => import('./overview/OverviewView.vue'),
    meta: { title: 'Overview', order: 0, docs: 'insights' },
  },
  {
    path: '/',
    name: 'review',
    component: () => import('./review/CorrectionsView.vue'),
    beforeEnter: byView('review'),
    meta: { title: 'Review', order: 1, docs: 'reviewing' },
  },
  {
    path: '/decided',
    name: 'decided',
    component: () => import('./decided/DecidedView.vue'),
    beforeEnter: byView('decided'),
    meta: { title: 'Decided', order: 2, docs: 'reviewing' },
  },
  {
    path: '/tags',
    name: 'tags',
    component: () => import('./tags/TagsView.vue'),
    meta: { title: 'Tags', under: 'decided', docs: 'tags' },
  },
  {
    // Ids may contain slashes; `?id=` takes any id.
    path: '/cards/:id(.*)?',
    name: 'card',
    component: () => import('./review/CardView.vue'),
    meta: { title: 'Card', docs: 'reviewing' },
  },
  {
    path: '/runs',
    name: 'runs',
    component: () => import('./runs/RunsView.vue'),
    meta: { title: 'Runs', order: 3, docs: 'importing' },
  },
  {
    path: '/scores',
    name: 'scores',
    component: () => import('./scores/ScoresView.vue'),
    meta: { title: 'Scores', order: 4, docs: 'scores' },
  },
  {
    path: '/compare',
    name: 'compare',
    component: () => import('./compare/CompareView.vue'),
    meta: { title: 'Compare', order: 5, docs: 'compare' },
  },
  {
    path: '/insights',
    name: 'insights',
    component: () => import('./insights/InsightsView.vue'),
    meta: { title: 'Insights', order: 6, docs: 'insights' },
  },
  {
    // A run of the results folder, or an upload.
    path: '/import/run/:runId(.*)',
    name: 'import-run',
    component: () => import('./import/ImportView.vue'),
    meta: { title: 'Import', under: 'runs', docs: 'importing' },
  },
  {
    path: '/import/:uploadId',
    name: 'import',
    component: () => import('./import/ImportView.vue'),
    meta: { title: 'Import', under: 'runs', docs: 'importing' },
  },
  {
    path: '/export',
    name: 'export',
    component: () => import('./export/ExportView.vue'),
    meta: { title: 'Export', order: 7, docs: 'exporting' },
  },
  {
    path: '/train',
    name: 'train',
    component: () => import('./train/TrainView.vue'),
    meta: { title: 'Train', order: 8, docs: 'training' },
  },
  {
    path: '/train/:name',
    name: 'training',
    component: () => import('./train/TrainingView.vue'),
    meta: { title: 'Training', under: 'train', docs: 'training' },
  },
  {
    path: '/bench/:name?',
    name: 'bench',
    component: () => import('./bench/BenchView.vue'),
    meta: { title: 'Bench', under: 'train', docs: 'bench' },
  },
  {
    path: '/settings',
    name: 'settings',
    component: () => import('./settings/SettingsView.vue'),
    meta: { title: 'Settings', order: 9, docs: 'settings' },
  },
  {
    path: '/docs/:page?',
    name: 'docs',
    component: () => import('./docs/DocsView.vue'),
    meta: { title: 'Documentation' },
  },
  {
    path: '/:path(.*)*',
    name: 'not-found',
    component: () => import('./shell/NotFoundView.vue'),
    meta: { title: 'Not found' },
  },
]

export const router = createRouter({ history: createWebHistory(), routes })

router.afterEach((to) => {
  document.title = `${to.meta.title} · Avocet`
})
