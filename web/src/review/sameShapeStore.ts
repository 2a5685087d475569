import { defineStore } from 'pinia'
import { api, ask } from '@/api/client'
import type { SftQueueItem } from '@/api/types'

/** A card that is decided quickly causes no request. */
const LOOK_AFTER_MS = 400

let timer: ReturnType<typeof setTimeout> | undefined

/** How many other waiting cards of a card's task and outcome have a reason of the same shape. */
export const useSameShapeStore = defineStore('sameShape', {
  state: (): { counts: Record<string, number> } => ({ counts: {} }),

  actions: {
    /** Ask once a card has been on screen for a moment. */
    look(card: SftQueueItem): void {
      clearTimeout(timer)
      timer = setTimeout(() => void this.read(card), LOOK_AFTER_MS)
    },

    stop(): void {
      clearTimeout(timer)
    },

    async read({ id, reason_shape: shape, task_type, outcome }: SftQueueItem): Promise<void> {
      if (shape === null) return
      const query = { shape: [shape], outcome, ...(task_type && { task_type: [task_type] }), per_page: 1 }
      try {
        const { total } = await ask(api.GET('/api/sft/queue', { params: { query } }))
        // The card itself is one of them while it is to review.
        this.counts[id] = Math.max(0, total - 1)
      } catch {
        // Then nothing is offered.
      }
    },
  },
})
