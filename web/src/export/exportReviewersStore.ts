import { defineStore } from 'pinia'
import { api, ask } from '@/api/client'

/** All reviewers with decisions, for a filter; without the list a reviewer named in the URL still works. */
export const useExportReviewersStore = defineStore('exportReviewers', {
  state: (): { names: string[] } => ({ names: [] }),

  actions: {
    async load(): Promise<void> {
      const params = { query: { page: 1, per_page: 1 } }
      const page = await ask(api.GET('/api/sft/decisions', { params })).catch(() => null)
      this.names = page?.reviewers ?? this.names
    },
  },
})
