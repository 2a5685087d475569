import { defineStore } from 'pinia'
import { type ApiError, api, ask, asApiError, isAbort } from '@/api/client'
import type { TrainingsOverview, TrainingSummary, TrainingView } from '@/api/types'
import { NO_WISH } from '@/export/exports'
import { useExportsStore } from '@/export/exportsStore'
import { useRecipesStore } from '@/export/recipesStore'
import { isOpen } from './jobStates'
import {
  NO_TRAIN_WISH,
  requestOf,
  rowsQuery,
  trainable,
  type TrainableExport,
  type TrainWish,
} from './training'

interface TrainingsState {
  overview: TrainingsOverview | null
  error: ApiError | null
  /** The contents of the form, kept while another page is open. */
  wish: TrainWish
  /** The rows that the form would train on, by category. */
  rows: Record<string, number> | null
  starting: boolean
  startError: ApiError | null
}

export const POLL_MS = 2_000

let poll: ReturnType<typeof setTimeout> | undefined
let counting: AbortController | null = null

/** The trainings of the desk, and the form for a new one. */
export const useTrainingsStore = defineStore('trainings', {
  state: (): TrainingsState => ({
    overview: null,
    error: null,
    wish: { ...NO_TRAIN_WISH },
    rows: null,
    starting: false,
    startError: null,
  }),

  getters: {
    running: (state): TrainingSummary | null => state.overview?.trainings.find(isOpen) ?? null,
    exports: (): TrainableExport[] => trainable(useExportsStore().made ?? []),
    /** The export chosen in the form. */
    chosen(state): TrainableExport | null {
      return this.exports.find(({ export_id }) => export_id === state.wish.export_id) ?? null
    },
  },

  actions: {
    async load(): Promise<void> {
      try {
        this.overview = await ask(api.GET('/api/sft/trainings'))
        this.error = null
      } catch (cause) {
        this.error = asApiError(cause)
      }
    },

    /** Read the list repeatedly, but only while a training runs. */
    async watch(): Promise<void> {
      clearTimeout(poll)
      await this.load()
      clearTimeout(poll)
      if (this.running || this.error) poll = setTimeout(() => void this.watch(), POLL_MS)
    },

    unwatch(): void {
      clearTimeout(poll)
      counting?.abort()
    },

    change(part: Partial<TrainWish>): void {
      this.wish = { ...this.wish, ...part }
      this.startError = null
    },

    /** Count the rows. A later question replaces an earlier one. */
    async countRows(): Promise<void> {
      counting?.abort()
      const mine = (counting = new AbortController())
      const { recipe, method, export_id } = this.wish
      if (export_id !== null) {
        this.rows = this.chosen?.rows ?? null
        return
      }
      const saved = recipe ? useRecipesStore().find(recipe) : NO_WISH
      if (!saved) return
      try {
        const params = { query: rowsQuery(saved, method) }
        const preview = await ask(api.GET('/api/sft/export/preview', { params, signal: mine.signal }))
        if (!mine.signal.aborted) this.rows = preview.by_category
      } catch (cause) {
        // Nothing depends on the counts: starting a training reports what is wrong.
        if (!isAbort(cause) && !mine.signal.aborted) this.rows = null
      }
    },

    /** Start the training and return it, one at a time. Null if that failed. */
    async start(parallel: boolean): Promise<TrainingView | null> {
      if (this.starting) return null
      this.starting = true
      this.startError = null
      try {
        const body = requestOf(this.wish, parallel)
        const made: TrainingView = await ask(api.POST('/api/sft/trainings', { body }))
        this.wish = { ...this.wish, name: '' }
        return made
      } catch (cause) {
        this.startError = asApiError(cause)
        void this.watch()
        return null
      } finally {
        this.starting = false
      }
    },
  },
})
