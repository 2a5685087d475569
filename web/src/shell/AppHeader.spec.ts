import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { createRouter, createWebHistory } from 'vue-router'
import { routes } from '@/router'
import AppHeader from './AppHeader.vue'

async function linksAt(path: string): Promise<ReturnType<ReturnType<typeof mount>['findAll']>> {
  const router = createRouter({ history: createWebHistory(), routes })
  await router.push(path)
  const props = { reviewed: 0, total: 0, newRuns: 0 }
  return mount(AppHeader, { props, global: { plugins: [router] } }).findAll('nav a')
}

it('lists the pages in the order that the routes give', async () => {
  const links = await linksAt('/settings')
  expect(links.map((link) => link.text())).toEqual([
    'Overview',
    'Review',
    'Decided',
    'Runs',
    'Scores',
    'Compare',
    'Insights',
    'Export',
    'Train',
    'Settings',
    'Documentation',
  ])
  expect(links.map((link) => link.attributes('href'))).toEqual([
    '/overview',
    '/',
    '/decided',
    '/runs',
    '/scores',
    '/compare',
    '/insights',
    '/export',
    '/train',
    '/settings',
    '/docs/settings',
  ])
})

it.each([
  ['/decided', 'Decided'],
  ['/import/upload-1', 'Runs'],
  ['/import/run/mmlu', 'Runs'],
  ['/train/first', 'Train'],
  ['/bench', 'Train'],
  ['/bench/first', 'Train'],
])('marks the page that %s belongs to', async (path, title) => {
  const links = await linksAt(path)
  const marked = links.filter((link) => link.attributes('aria-current'))
  expect(marked.map((link) => link.text())).toEqual([title])
})
