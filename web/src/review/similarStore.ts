import { defineStore } from 'pinia'
import { api, ask } from '@/api/client'

/** After this long on a card: whoever is quick is asked nothing and waits for nothing. */
const LOOK_AFTER_MS = 250

let timer: ReturnType<typeof setTimeout> | undefined

/** How many cards say the same as the one on screen, but for case and white space. */
export const useSimilarStore = defineStore('similar', {
  state: (): { counts: Record<string, number> } => ({ counts: {} }),

  actions: {
    /** Asked once a card has been on screen for a moment, never between a key and the next card. */
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
        // The card itself is one of them, as long as it waits.
        this.counts[id] = Math.max(0, total - 1)
      } catch {
        // Nothing is offered then; the card can be decided on its own.
      }
    },

    /** Whatever is decided or comes back changes the counts. */
    forget(): void {
      this.counts = {}
    },
  },
})
