import { defineStore } from 'pinia'
import { type ApiError, api, ask, asApiError, isAbort } from '@/api/client'
import type { Insights, InsightsQuery } from '@/api/types'

interface InsightsState {
  insights: Insights | null
  error: ApiError | null
}

let asking: AbortController | null = null

/** What the reads say of the failures, of all or as far as the page is narrowed. */
export const useInsightsStore = defineStore('insights', {
  state: (): InsightsState => ({ insights: null, error: null }),

  actions: {
    /** A later question drops an earlier one; what is shown stays until the answer is there. */
    async open(query: InsightsQuery): Promise<void> {
      asking?.abort()
      const { signal } = (asking = new AbortController())
      try {
        const found = await ask(api.GET('/api/sft/insights', { params: { query }, signal }))
        if (!signal.aborted) this.$patch((state) => Object.assign(state, { insights: found, error: null }))
      } catch (cause) {
        if (!isAbort(cause) && !signal.aborted) this.error = asApiError(cause)
      }
    },
  },
})
