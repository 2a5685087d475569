import { defineStore } from 'pinia'
import { api, ask } from '@/api/client'

/** After this long on one card the count is asked for; quick decisions cause no requests. */
const LOOK_AFTER_MS = 250

let timer: ReturnType<typeof setTimeout> | undefined

/** How many cards have the same response as the one on screen, ignoring case and white space. */
export const useSimilarStore = defineStore('similar', {
  state: (): { counts: Record<string, number> } => ({ counts: {} }),

  actions: {
    /** Ask for the count once a card has been on screen for a moment, never between a key press and the next card. */
    look(id: string | null): void {
      clearTimeout(timer)
      if (id === null || id in this.counts) return
      timer = setTimeout(() => void this.read(id), LOOK_AFTER_MS)
    },

    async read(id: string): Promise<void> {
      try {
        const { total } = await ask(
          api.GET('/api/sft/queue', { params: { query: { like: id, per_page: 1 } } }),
        )
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
