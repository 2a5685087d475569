import { defineStore } from 'pinia'
import { api, ask } from '@/api/client'
import type { SftQueueItem } from '@/api/types'

/** After this long on one card the count is asked for; quick decisions cause no requests. */
const LOOK_AFTER_MS = 250

let timer: ReturnType<typeof setTimeout> | undefined

/** How many cards of the same outcome have the same response as the one on screen, ignoring case and white space. */
export const useSimilarStore = defineStore('similar', {
  state: (): { counts: Record<string, number> } => ({ counts: {} }),

  actions: {
    /** Ask for the count once a card has been on screen for a moment, never between a key press and the next card. */
    look(card: SftQueueItem | null): void {
      clearTimeout(timer)
      if (!card || card.id in this.counts) return
      timer = setTimeout(() => void this.read(card), LOOK_AFTER_MS)
    },

    async read({ id, outcome }: SftQueueItem): Promise<void> {
      try {
        const query = { like: id, outcome, per_page: 1 }
        const { total } = await ask(api.GET('/api/sft/queue', { params: { query } }))
        // The card itself is one of them while it is to review.
        this.counts[id] = Math.max(0, total - 1)
      } catch {
        // Then nothing is offered, and the card can be decided on its own.
      }
    },

    /** Drop all counts: any decision or undo changes them. */
    forget(): void {
      this.counts = {}
    },
  },
})
