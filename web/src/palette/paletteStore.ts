import { defineStore } from 'pinia'
import { api, ask } from '@/api/client'
import type { SftQueueItem } from '@/api/types'

/** Typing pauses this long before the server is asked. */
const PAUSE_MS = 150
const MOST = 4

let timer: ReturnType<typeof setTimeout> | undefined
let asked = 0

/** The words that the server is asked for. */
export function asSearched(typed: string): string {
  return typed.trim().slice(0, 500)
}

/** Cards that wait and have the words that were typed into the palette. */
export const usePaletteStore = defineStore('palette', {
  state: (): { q: string; cards: SftQueueItem[] } => ({ q: '', cards: [] }),

  actions: {
    look(typed: string): void {
      clearTimeout(timer)
      const q = asSearched(typed)
      const turn = ++asked
      if (q.length < 2) return this.forget()
      timer = setTimeout(() => void this.read(q, turn), PAUSE_MS)
    },

    async read(q: string, turn: number): Promise<void> {
      try {
        const query = { q, outcome: 'any' as const, per_page: MOST }
        const { items } = await ask(api.GET('/api/sft/queue', { params: { query } }))
        if (turn === asked) Object.assign(this, { q, cards: items })
      } catch {
        if (turn === asked) Object.assign(this, { q, cards: [] })
      }
    },

    forget(): void {
      Object.assign(this, { q: '', cards: [] })
    },
  },
})
