import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import type { BenchTasks, ViewPage } from '@/api/types'
import { decidedQuery, readDecidedFilters, writeDecidedFilters } from '@/decided/decidedFilters'
import { describeDecided, describeFilters } from '@/review/filterWords'
import { queueQuery, readFilters, writeFilters } from '@/review/queueFilters'
import { oneOf } from '@/review/valueFilters'
import { type Query, VIEW_PATHS } from '@/views/views'
import type { BenchWish } from './bench'

/** The cards whose items are asked again: the filters that a page has in its address. */
export interface CardsAsked {
  page: ViewPage
  query: Query
}

/** What the address fills the form with: cards to ask again, or a base with adapters. Null if it says nothing. */
export function askedFor(query: LocationQuery): Partial<BenchWish> | null {
  const cards = cardsOf(query)
  const base = oneOf(query['base'])
  if (!cards && !base) return null
  const adapters = [query['adapter']].flat().filter((name): name is string => Boolean(name))
  return {
    ...(cards ? { kind: 'cards' as const, cards } : {}),
    ...(base ? { base, adapters, askBase: true } : {}),
  }
}

/** The cards that the address names: `cards` says of which page the filters beside it are. */
function cardsOf(query: LocationQuery): CardsAsked | null {
  const page = query['cards']
  if (page === 'review') {
    const filters = { ...readFilters(query), order: 'imported', seed: null } as const
    return { page, query: writeFilters(filters) }
  }
  if (page === 'decided') return { page, query: writeDecidedFilters(readDecidedFilters(query)) }
  return null
}

/** The page that shows these cards. */
export function shownAt({ page, query }: CardsAsked): { path: string; query: LocationQueryRaw } {
  return { path: VIEW_PATHS[page], query: query as LocationQueryRaw }
}

/** The filters in words; null without any. */
export function cardsWords({ page, query }: CardsAsked): string | null {
  const address = query as LocationQuery
  const words =
    page === 'review' ? describeFilters(readFilters(address)) : describeDecided(readDecidedFilters(address))
  return words.length ? words.join(', ') : null
}

/** What is asked, in the form of the API; null while it is not chosen. */
export function tasksOf({ kind, file, part, cards }: BenchWish): BenchTasks | null {
  if (kind === 'file') return file ? { kind, file, part } : null
  if (kind === 'held-out') return { kind }
  if (!cards) return null
  const query = cards.query as LocationQuery
  const filter =
    cards.page === 'review'
      ? { queue: queueQuery(readFilters(query)) }
      : { decided: decidedQuery(readDecidedFilters(query)) }
  return { kind, filter } as BenchTasks
}
