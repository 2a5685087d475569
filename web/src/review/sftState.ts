import type { ApiError } from '@/api/client'
import type { SearchState, SftAction, SftQueueItem, Stats } from '@/api/types'
import type { Step } from './decision'
import type { SftBatch, SftUndoable } from './lastAction'
import { Line } from './line'
import { Queue } from './queue'
import { NO_FILTERS, type QueueFilters } from './queueFilters'

/** Set when somebody else decided the card on screen while text was being typed for it. */
export interface DecidedElsewhere {
  id: string
  by: string | null
  action: SftAction | null
}

export interface SftState {
  filters: QueueFilters
  queue: Queue
  /** Decisions not answered yet; their cards have left the screen. */
  line: Line
  /** How much of the desk a text search covered; null without one. */
  search: SearchState | null
  opened: boolean
  /** Whether a step is under way that the page waits for: undo, a bulk step, or a decision that stays on screen. */
  submitting: boolean
  /** The step in which each card goes on whose decision came back. */
  resumed: Map<string, Step>
  /** How many times refused decisions brought cards back. */
  comebacks: number
  /** Set if a decision or undo failed; the card stays as it is. */
  error: ApiError | null
  /** Set if the queue itself could not be read. */
  queueError: ApiError | null
  stats: Stats | null
  /** How many cards did not fail: passes that were kept to be read, and what could not be scored. */
  kept: number
  history: SftUndoable[]
  /** What was undone since the last decision, to be redone: the last of them first. */
  undone: SftUndoable[]
  elsewhere: DecidedElsewhere | null
  /** Ids of the decisions and batches made on this page, whose news is not somebody else's. */
  own: Set<number | string>
}

/** What deciding and undoing need from the store. */
export interface Desk extends SftState {
  refill: () => Promise<void>
  refreshStats: () => Promise<void>
  resync: (ours?: boolean) => Promise<void>
  leave: (id: string) => void
  remove: (id: string) => void
  putBack: (item: SftQueueItem) => void
  remember: (last: SftUndoable) => void
  batchDone: (batch: SftBatch) => Promise<void>
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
    kept: 0,
    history: [],
    undone: [],
    elsewhere: null,
    own: new Set(),
  }
}
