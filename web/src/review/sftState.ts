import type { ApiError } from '@/api/client'
import type { SearchState, SftAction, SftQueueItem, Stats } from '@/api/types'
import type { Step } from './decision'
import type { SftUndoable } from './lastAction'
import { Line } from './line'
import { Queue } from './queue'
import { NO_FILTERS, type QueueFilters } from './queueFilters'

/** The card on screen was decided by somebody else while text was typed for it. */
export interface DecidedElsewhere {
  id: string
  by: string | null
  action: SftAction | null
}

export interface SftState {
  filters: QueueFilters
  queue: Queue
  /** Decided here and not answered yet; their cards have left the screen. */
  line: Line
  /** How much of the desk a text search saw; null without one. */
  search: SearchState | null
  opened: boolean
  /** A step that the page waits for: undo, a bulk step, a decision that stays on screen until it is answered. */
  submitting: boolean
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

/** What deciding and undoing do to the store, which knows both. */
export interface Desk extends SftState {
  refill: () => Promise<void>
  refreshStats: () => Promise<void>
  resync: (ours?: boolean) => Promise<void>
  leave: (id: string) => void
  remove: (id: string) => void
  putBack: (item: SftQueueItem) => void
  remember: (last: SftUndoable) => void
  notify: (text: string, moved?: boolean) => void
}

export function emptyDesk(): SftState {
  return {
    filters: { ...NO_FILTERS },
    queue: new Queue(),
    line: new Line(),
    search: null,
    opened: false,
    submitting: false,
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
