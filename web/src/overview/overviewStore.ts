import { defineStore } from 'pinia'
import { type ApiError, api, ask, asApiError } from '@/api/client'
import type { Overview } from '@/api/types'

interface OverviewState {
  overview: Overview | null
  error: ApiError | null
}

/** The state of the desk, and the next step. */
export const useOverviewStore = defineStore('overview', {
  state: (): OverviewState => ({ overview: null, error: null }),

  actions: {
    async open(): Promise<void> {
      try {
        const found = await ask(api.GET('/api/sft/overview'))
        this.$patch((state) => Object.assign(state, { overview: found, error: null }))
      } catch (cause) {
        this.error = asApiError(cause)
      }
    },
  },
})
