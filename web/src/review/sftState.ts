import type { ApiError } from '@/api/client'
import type { SearchState, SftAction, SftQueueItem, Stats } from '@/api/types'
import type { Step } from './decision'
import type { SftUndoable } from './lastAction'
import type { PendingDecision } from './pending'
import { NO_FILTERS, type QueueFilters } from './queueFilters'

/** The card on screen was decided by somebody else while text was typed for it. */
export interface DecidedElsewhere {
  id: string
  by: string | null
  action: SftAction | null
}

export interface SftState {
  filters: QueueFilters
  /** The cards at hand, in queue order: skipped ones before `position`, prefetched ones after it. */
  items: SftQueueItem[]
  position: number
  /** Cards to review under the filters, as the server last said and as decided since. */
  total: number
  /** Decided since these filters were opened: the position counts on from them. */
  decidedHere: number
  /** How much of the desk a text search saw; null without one. */
  search: SearchState | null
  cursor: string | null
  exhausted: boolean
  opened: boolean
  /** A step that the page waits for: undo, a bulk step, a decision that stays on screen until it is answered. */
  submitting: boolean
  /** Decided here and not answered yet, in order; their cards have left the screen. */
  pending: PendingDecision[]
  /** Ends when all of them are answered. */
  line: Promise<unknown>
  /** Where a decision that came back goes on. */
  resumed: Map<string, Step>
  /** How often refused decisions brought their cards back. */
  comebacks: number
  /** A decision or undo that failed; the card stays as it is. */
  error: ApiError | null
  /** The queue itself could not be read. */
  queueError: ApiError | null
  stats: Stats | null
  history: SftUndoable[]
  elsewhere: DecidedElsewhere | null
  /** Numbers of decisions and of batches made on this page: news of them is no news. */
  own: Set<number | string>
}

export function emptyDesk(): SftState {
  return {
    filters: { ...NO_FILTERS },
    items: [],
    position: 0,
    total: 0,
    decidedHere: 0,
    search: null,
    cursor: null,
    exhausted: false,
    opened: false,
    submitting: false,
    pending: [],
    line: Promise.resolve(),
    resumed: new Map(),
    comebacks: 0,
    error: null,
    queueError: null,
    stats: null,
    history: [],
    elsewhere: null,
    own: new Set(),
  }
}
