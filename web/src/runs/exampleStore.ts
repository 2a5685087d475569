import { defineStore } from 'pinia'
import { type ApiError, api, ask, asApiError } from '@/api/client'

/** The example run that ships with the desk. */
export const useExampleStore = defineStore('example', {
  state: (): { loading: boolean; error: ApiError | null } => ({ loading: false, error: null }),

  actions: {
    /** Import it; false if that failed. */
    async load(): Promise<boolean> {
      if (this.loading) return false
      Object.assign(this, { loading: true, error: null })
      try {
        await ask(api.POST('/api/sft/example'))
        return true
      } catch (cause) {
        this.error = asApiError(cause)
        return false
      } finally {
        this.loading = false
      }
    },
  },
})
