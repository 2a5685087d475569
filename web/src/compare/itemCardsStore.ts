import { defineStore } from 'pinia'
import { type ApiError, api, ask, asApiError } from '@/api/client'
import type { SftQueueItem } from '@/api/types'

export interface ReadCard {
  item: SftQueueItem
  /** Who made the decision that stands; null if nobody did. */
  reader: string | null
}

interface ItemCardsState {
  cards: Record<string, ReadCard>
  error: ApiError | null
}

/** The cards of compared items, kept while their comparison is on screen. */
export const useItemCardsStore = defineStore('itemCards', {
  state: (): ItemCardsState => ({ cards: {}, error: null }),

  actions: {
    async load(ids: readonly string[]): Promise<void> {
      const missing = ids.filter((id) => !this.cards[id])
      if (missing.length) await this.read(missing)
    },

    /** After decisions: what is on screen stays until it is read again, the rest is read when it is wanted. */
    async renew(ids: readonly string[]): Promise<void> {
      this.cards = Object.fromEntries(Object.entries(this.cards).filter(([id]) => ids.includes(id)))
      await this.read(ids)
    },

    async read(ids: readonly string[]): Promise<void> {
      try {
        const found = await Promise.all(ids.map(readCard))
        this.error = null
        for (const one of found) this.cards[one.item.id] = one
      } catch (cause) {
        this.error = asApiError(cause)
      }
    },
  },
})

async function readCard(id: string): Promise<ReadCard> {
  const item = await ask(api.GET('/api/sft/card', { params: { query: { id } } }))
  if (item.decision_id === null) return { item, reader: null }
  const entries = await ask(api.GET('/api/sft/card/history', { params: { query: { id } } }))
  return {
    item,
    reader: entries.find(({ decision_id }) => decision_id === item.decision_id)?.reviewer ?? null,
  }
}
