import { defineStore } from 'pinia'
import { api, ask } from '@/api/client'
import type { BulkAction, DecisionCounts, SftFailureCategory } from '@/api/types'
import { useRunsStore } from '@/runs/runsStore'
import type { SftBatch } from './lastAction'
import { isRight, UNCATEGORISED } from '@/words/categories'

/** One step of this session: one decision, or a bulk step. */
export interface SessionStep {
  /** The card's id, or the batch's id. */
  key: string
  at: number
  action: BulkAction
  category: SftFailureCategory | null
  cards: number
}

interface SessionState {
  /** When this session began: its first card could be read from then on. */
  since: number
  steps: SessionStep[]
  /** This reviewer's standing decisions of today, made on any page. */
  today: DecisionCounts | null
}

const KEY = 'avocet.session'
/** A longer gap between two decisions is a break, not work. */
const IDLE_MS = 120_000
/** Fewer gaps than this do not make a pace. */
const FEWEST_GAPS = 2
const SETTLE_MS = 1_500

let refreshing: ReturnType<typeof setTimeout> | undefined

/** The progress of this tab's session; kept over a reload and gone with the tab. */
export const useSessionStore = defineStore('session', {
  state: (): SessionState => ({ ...load(), today: null }),

  getters: {
    decided: (state): number => state.steps.reduce((sum, { cards }) => sum + cards, 0),

    /** The typical seconds per card: the median, so that one long answer does not change it. */
    pace: (state): number | null => {
      const times = [state.since, ...state.steps.map(({ at }) => at)]
      const gaps = times.slice(1).map((at, index) => at - (times[index] ?? at))
      const worked = gaps.filter((gap, index) => gap <= IDLE_MS && state.steps[index]?.cards === 1)
      return worked.length < FEWEST_GAPS ? null : median(worked) / 1000
    },

    summary: (state): DecisionCounts => {
      const by_action: Record<string, number> = {}
      const by_category: Record<string, number> = {}
      let accepted_uncategorised = 0
      for (const { action, category, cards } of state.steps) {
        if (isRight(action, category)) accepted_uncategorised += cards
        by_action[action] = (by_action[action] ?? 0) + cards
        by_category[category ?? UNCATEGORISED] = (by_category[category ?? UNCATEGORISED] ?? 0) + cards
      }
      const total = state.steps.reduce((sum, { cards }) => sum + cards, 0)
      return { total, by_action, by_category, accepted_uncategorised }
    },
  },

  actions: {
    /** Record a step. `at`: when it was decided, if that is not now. */
    record(step: Omit<SessionStep, 'at' | 'cards'> & { at?: number; cards?: number }): void {
      const { cards = 1, at = Date.now() } = step
      this.steps.push({ ...step, cards, at })
      if (this.today) add(this.today, { ...step, cards }, 1)
      this.settle()
    },

    /** Record a bulk step, by verdict if its cards got different ones. */
    recordBatch({ batch_id: key, action, category, count, verdicts }: SftBatch): void {
      const at = Date.now()
      for (const one of verdicts ?? [{ action, category: category ?? null, count }])
        this.record({ key, action: one.action, category: one.category, cards: one.count, at })
    },

    /** Remove a step that was undone. */
    forget(key: string): void {
      const last = this.steps.findLast((one) => one.key === key)
      const undone = this.steps.filter((one) => one.key === key && one.at === last?.at)
      this.steps = this.steps.filter((one) => !undone.includes(one))
      for (const step of undone) if (this.today) add(this.today, step, -1)
      this.settle()
    },

    recategorise(key: string, category: SftFailureCategory | null): void {
      const step = this.steps.findLast((one) => one.key === key)
      if (step) step.category = category
      this.settle()
    },

    /** Save, and ask for today's numbers, when decisions pause: never between a key press and the next card. */
    settle(): void {
      clearTimeout(refreshing)
      refreshing = setTimeout(() => {
        this.keep()
        void this.refreshToday()
      }, SETTLE_MS)
    },

    /** Save the session for a reload; call it when the page is left. */
    keep(): void {
      const { since, steps } = this
      try {
        sessionStorage.setItem(KEY, JSON.stringify({ since, steps }))
      } catch {
        // Without storage the session ends with the page.
      }
    },

    async refreshToday(): Promise<void> {
      try {
        const reviewer = await useRunsStore().reviewer()
        const query = { reviewer: [reviewer], since: midnight().toISOString() }
        this.today = await ask(api.GET('/api/sft/decisions/summary', { params: { query } }))
      } catch {
        // Today's numbers are a courtesy, so a failure is not reported.
      }
    },
  },
})

/** Count a step in today's numbers, or take it out again, until the server's arrive. */
function add(today: DecisionCounts, step: Omit<SessionStep, 'at' | 'key'>, sign: 1 | -1): void {
  const after = (number = 0) => Math.max(0, number + sign * step.cards)
  const category = step.category ?? UNCATEGORISED
  today.total = after(today.total)
  today.by_action[step.action] = after(today.by_action[step.action])
  today.by_category[category] = after(today.by_category[category])
  if (isRight(step.action, step.category)) today.accepted_uncategorised = after(today.accepted_uncategorised)
}

/** The last midnight in the reviewer's time zone. */
function midnight(): Date {
  const now = new Date()
  return new Date(now.getFullYear(), now.getMonth(), now.getDate())
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low = 0, high = 0] = [sorted[middle - 1], sorted[middle]]
  return sorted.length % 2 ? high : (low + high) / 2
}

function load(): Pick<SessionState, 'since' | 'steps'> {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null')
    if (isSession(stored)) return stored
  } catch {
    // Unreadable data starts a new session.
  }
  return { since: Date.now(), steps: [] }
}

function isSession(value: unknown): value is Pick<SessionState, 'since' | 'steps'> {
  if (typeof value !== 'object' || value === null) return false
  const { since, steps } = value as Partial<SessionState>
  return typeof since === 'number' && Array.isArray(steps)
}
