import { defineStore } from 'pinia'
import { type ApiError, api, ask, asApiError, isAbort } from '@/api/client'
import type { CompareQuery, Comparison } from '@/api/types'

interface SeveralState {
  /** The sides of what is shown, in their order. */
  asked: readonly string[]
  found: Comparison | null
  error: ApiError | null
}

let asking: AbortController | null = null

/** Three sides or more, each compared with the first. */
export const useSeveralStore = defineStore('compareSeveral', {
  state: (): SeveralState => ({ asked: [], found: null, error: null }),

  actions: {
    /** A later question drops an earlier one; what is shown stays until the answer for the same sides is there. */
    async open(side: string[], verdicts: NonNullable<CompareQuery['verdicts']>): Promise<void> {
      asking?.abort()
      const { signal } = (asking = new AbortController())
      if (JSON.stringify(side) !== JSON.stringify(this.asked)) this.$reset()
      this.asked = side
      try {
        const query = { side, verdicts }
        const found = await ask(api.GET('/api/sft/compare/several', { params: { query }, signal }))
        if (!signal.aborted) this.$patch((state) => Object.assign(state, { found, error: null }))
      } catch (cause) {
        if (!isAbort(cause) && !signal.aborted) this.error = asApiError(cause)
      }
    },
  },
})
