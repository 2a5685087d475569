import { defineStore } from 'pinia'
import { type ApiError, api, ask, asApiError, isAbort } from '@/api/client'
import type { ExportPreview } from '@/api/types'
import { exportQuery, type ExportWish } from '@/exports'

interface ExportsState {
  preview: ExportPreview | null
  error: ApiError | null
}

let pending: AbortController | null = null

export const useExportsStore = defineStore('exports', {
  state: (): ExportsState => ({ preview: null, error: null }),

  actions: {
    /** Only the last question counts: an earlier one still on its way is dropped. */
    async ask(wish: ExportWish): Promise<void> {
      pending?.abort()
      const mine = (pending = new AbortController())
      try {
        const params = { query: exportQuery(wish) }
        const preview = await ask(api.GET('/api/sft/export/preview', { params, signal: mine.signal }))
        if (mine.signal.aborted) return
        this.preview = preview
        this.error = null
      } catch (cause) {
        if (!isAbort(cause) && !mine.signal.aborted) this.error = asApiError(cause)
      }
    },
  },
})
