import { defineStore } from 'pinia'
import { api, ask } from '@/api/client'
import type { RulesSay } from '@/api/types'

/** What the rules say of cards that withhold it, as far as it was asked for. */
export const useRulesSayStore = defineStore('rulesSay', {
  state: (): { said: Record<string, RulesSay> } => ({ said: {} }),

  actions: {
    async read(id: string): Promise<void> {
      try {
        this.said[id] = await ask(api.GET('/api/sft/card/proposal', { params: { query: { id } } }))
      } catch {
        // Then nothing is proposed.
      }
    },
  },
})
