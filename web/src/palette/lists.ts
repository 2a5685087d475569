import type { RouteRecordNormalized } from 'vue-router'
import type { RunInfo, SftQueueItem, Stats, View } from '@/api/types'
import type { DocsPage } from '@/docs/pages'
import { docsAddress } from '@/docs/render'
import { pickable } from '@/review/queueFilters'
import { viewAddress } from '@/views/views'
import { CATEGORIES } from '@/words/categories'
import { cardName, cardPath } from '@/words/text'
import type { Entry } from './entries'

/** A tab of Train, so that the header does not list it. */
const BENCH: Entry = {
  group: 'Pages',
  title: 'Bench',
  hint: 'ask a model, check its answers',
  words: 'model endpoint tasks evaluate',
  to: '/bench',
}

export function pageEntries(routes: readonly RouteRecordNormalized[]): Entry[] {
  return routes
    .filter(({ meta }) => meta.order !== undefined)
    .sort((one, other) => Number(one.meta.order) - Number(other.meta.order))
    .flatMap(({ name, path, meta }): Entry[] => [
      { group: 'Pages', title: meta.title, to: path },
      ...(name === 'train' ? [BENCH] : []),
    ])
}

/** A run's cards, its scores and comparisons; runs that are not imported have none. */
export function runEntries(runs: readonly RunInfo[]): Entry[] {
  return runs
    .filter(({ state }) => state !== 'removed' && state !== 'new')
    .flatMap(({ run_id, remaining }): Entry[] => [
      {
        group: 'Runs',
        title: `Review ${run_id}`,
        hint: `${remaining.toLocaleString()} to review`,
        to: `/?run_id=${encodeURIComponent(run_id)}`,
      },
      { group: 'Runs', title: `Scores of ${run_id}`, to: `/scores?run_id=${encodeURIComponent(run_id)}` },
      {
        group: 'Runs',
        title: `Compare ${run_id} with…`,
        to: `/compare?after=${encodeURIComponent(run_id)}`,
      },
    ])
}

export function filterEntries(stats: Stats | null): Entry[] {
  const queue = (kind: string, name: string, counts: Readonly<Record<string, number>> | undefined): Entry[] =>
    pickable(counts).map(({ value }) => ({
      group: 'Filters',
      title: `${kind} ${value}`,
      hint: 'Review',
      to: `/?${name}=${encodeURIComponent(value)}`,
    }))
  return [
    ...queue('Task', 'task_type', stats?.by_task_type),
    ...queue('Model', 'model_name', stats?.by_model),
    ...CATEGORIES.map(({ value, label }): Entry => ({
      group: 'Filters',
      title: `Category ${label}`,
      hint: 'Decided',
      to: `/decided?failure_category=${value}`,
    })),
  ]
}

export function viewEntries(views: readonly View[]): Entry[] {
  return views.map((view) => ({
    group: 'Views',
    title: view.name,
    hint: view.page === 'review' ? 'Review' : 'Decided',
    to: viewAddress(view),
  }))
}

/** Cards that the server found by these words, and the pages that show all of them. */
export function cardEntries(cards: readonly SftQueueItem[], typed: string): Entry[] {
  const words = typed.trim()
  if (words.length < 2) return []
  const q = encodeURIComponent(words)
  return [
    ...cards.map((card): Entry => ({
      group: 'Cards',
      title: cardName(card),
      hint: [card.task_type, card.model_name].filter(Boolean).join(' · '),
      to: cardPath(card.id),
    })),
    { group: 'Cards', title: `Search the queue for “${words}”`, to: `/?q=${q}` },
    { group: 'Cards', title: `Search what is decided for “${words}”`, to: `/decided?q=${q}` },
  ]
}

export function docsEntries(pages: readonly DocsPage[]): Entry[] {
  return pages.map(({ name, title, covers }) => ({
    group: 'Documentation',
    title,
    hint: covers,
    to: docsAddress(name),
  }))
}
