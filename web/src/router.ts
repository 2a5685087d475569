import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import CorrectionsView from './review/CorrectionsView.vue'

export const routes: RouteRecordRaw[] = [
  { path: '/', name: 'review', component: CorrectionsView, meta: { title: 'Review' } },
  {
    path: '/decided',
    name: 'decided',
    component: () => import('./decided/DecidedView.vue'),
    meta: { title: 'Decided' },
  },
  {
    // Ids may hold slashes; `?id=` takes any.
    path: '/cards/:id(.*)?',
    name: 'card',
    component: () => import('./review/CardView.vue'),
    meta: { title: 'Card' },
  },
  { path: '/runs', name: 'runs', component: () => import('./runs/RunsView.vue'), meta: { title: 'Runs' } },
  {
    // A run of the results folder, or what was dropped.
    path: '/import/run/:runId(.*)',
    name: 'import-run',
    component: () => import('./import/ImportView.vue'),
    meta: { title: 'Import' },
  },
  {
    path: '/import/:uploadId',
    name: 'import',
    component: () => import('./import/ImportView.vue'),
    meta: { title: 'Import' },
  },
  {
    path: '/export',
    name: 'export',
    component: () => import('./export/ExportView.vue'),
    meta: { title: 'Export' },
  },
  {
    path: '/train',
    name: 'train',
    component: () => import('./train/TrainView.vue'),
    meta: { title: 'Train' },
  },
  {
    path: '/train/:name',
    name: 'training',
    component: () => import('./train/TrainingView.vue'),
    meta: { title: 'Training' },
  },
  {
    path: '/settings',
    name: 'settings',
    component: () => import('./settings/SettingsView.vue'),
    meta: { title: 'Settings' },
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
  document.title = `${String(to.meta['title'] ?? 'Review')} · Avocet`
})
