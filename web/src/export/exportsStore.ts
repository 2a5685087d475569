import { defineStore } from 'pinia'
import { type ApiError, api, ask, asApiError, isAbort } from '@/api/client'
import type { ExportPreview, HoldOut, MadeExport } from '@/api/types'
import { exportQuery, recipeOf, type ExportWish } from './exports'

interface ExportsState {
  preview: ExportPreview | null
  asking: boolean
  error: ApiError | null
  made: MadeExport[] | null
  madeError: ApiError | null
  writing: boolean
  writeError: ApiError | null
  holdOut: HoldOut | null
  holdOutError: ApiError | null
}

/** Choices made faster than this cause a single request. */
const PAUSE_MS = 200

let pending: AbortController | null = null
let lastAsked = 0

export const useExportsStore = defineStore('exports', {
  state: (): ExportsState => ({
    preview: null,
    asking: false,
    error: null,
    made: null,
    madeError: null,
    writing: false,
    writeError: null,
    holdOut: null,
    holdOutError: null,
  }),

  actions: {
    /** Ask for a preview. A later question drops an earlier one, waiting or on its way. */
    async ask(wish: ExportWish): Promise<void> {
      pending?.abort()
      const mine = (pending = new AbortController())
      this.asking = true
      const early = Date.now() - lastAsked < PAUSE_MS
      lastAsked = Date.now()
      if (early) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
      if (mine.signal.aborted) return
      try {
        const params = { query: exportQuery(wish) }
        const preview = await ask(api.GET('/api/sft/export/preview', { params, signal: mine.signal }))
        if (mine.signal.aborted) return
        this.preview = preview
        this.error = null
      } catch (cause) {
        if (!isAbort(cause) && !mine.signal.aborted) this.error = asApiError(cause)
      } finally {
        if (pending === mine) this.asking = false
      }
    },

    async loadMade(): Promise<void> {
      try {
        this.made = await ask(api.GET('/api/sft/exports'))
        this.madeError = null
      } catch (cause) {
        this.madeError = asApiError(cause)
      }
    },

    /** Write an export, one at a time. Null if it failed. */
    async write(wish: ExportWish, recipe: string | null): Promise<MadeExport | null> {
      if (this.writing) return null
      this.writing = true
      this.writeError = null
      try {
        const body = recipe ? { recipe_name: recipe } : { recipe: recipeOf(wish) }
        const made: MadeExport = await ask(api.POST('/api/sft/exports', { body }))
        this.made = [made, ...(this.made ?? [])]
        return made
      } catch (cause) {
        this.writeError = asApiError(cause)
        return null
      } finally {
        this.writing = false
      }
    },

    async loadHoldOut(): Promise<void> {
      try {
        this.holdOut = await ask(api.GET('/api/sft/hold-out'))
        this.holdOutError = null
      } catch (cause) {
        this.holdOutError = asApiError(cause)
      }
    },

    async saveHoldOut(body: HoldOut): Promise<boolean> {
      try {
        this.holdOut = await ask(api.PUT('/api/sft/hold-out', { body }))
        this.holdOutError = null
        return true
      } catch (cause) {
        this.holdOutError = asApiError(cause)
        return false
      }
    },
  },
})
