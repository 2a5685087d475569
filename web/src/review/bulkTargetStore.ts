import { defineStore } from 'pinia'
import type { BulkTarget } from './bulk'

/** The cards to decide together, whose panel is open; null while there is none. All else is loaded with the panel. */
export const useBulkTargetStore = defineStore('bulkTarget', {
  state: (): { target: BulkTarget | null } => ({ target: null }),

  actions: {
    begin(target: BulkTarget): void {
      this.target = target
    },

    end(): void {
      this.target = null
    },
  },
})
