import { defineStore } from 'pinia'
import { api, ask } from '@/api/client'

/** How many decisions of each kind stand; without the numbers no format is suggested. */
export const useExportDecisionsStore = defineStore('exportDecisions', {
  state: (): { byAction: Readonly<Record<string, number>> } => ({ byAction: {} }),

  actions: {
    async load(): Promise<void> {
      const found = await ask(api.GET('/api/sft/decisions/summary')).catch(() => null)
      this.byAction = found?.by_action ?? this.byAction
    },
  },
})
