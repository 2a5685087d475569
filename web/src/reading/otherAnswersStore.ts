import { defineStore } from 'pinia'
import { api, asApiError, ask } from '@/api/client'
import type { OtherAnswer, OtherAnswers } from '@/api/types'

/** After this long on one card they are asked for; quick decisions cause no requests. */
const LOOK_AFTER_MS = 250

let timer: ReturnType<typeof setTimeout> | undefined

/** What other models, epochs and runs answered to the item of the card on screen. */
export const useOtherAnswersStore = defineStore('otherAnswers', {
  state: () => ({
    id: null as string | null,
    found: null as OtherAnswers | null,
    /** How many cards in a row had none. */
    inVain: 0,
    /** Why the whole text of one could not be read. */
    error: null as string | null,
  }),

  actions: {
    /** Ask once a card has been on screen for a moment, never between a key press and the next card. */
    look(id: string): void {
      this.leave()
      if (id === this.id && this.found) return
      Object.assign(this, { id, found: null, error: null })
      timer = setTimeout(() => void this.read(id), LOOK_AFTER_MS)
    },

    leave(): void {
      clearTimeout(timer)
    },

    async read(id: string): Promise<void> {
      try {
        const found = await ask(api.GET('/api/sft/card/others', { params: { query: { id } } }))
        if (id !== this.id) return
        this.inVain = found.items.length ? 0 : this.inVain + 1
        this.found = found
      } catch {
        // Then the card stands alone, as it does without other answers.
      }
    },

    /** The whole text of an answer, since a list holds only the start of a long one; null if it could not be read. */
    async whole({ id, shortened, model_response: text }: OtherAnswer): Promise<string | null> {
      this.error = null
      if (!('model_response' in shortened)) return text
      try {
        return (await ask(api.GET('/api/sft/card', { params: { query: { id } } }))).model_response
      } catch (cause) {
        this.error = asApiError(cause).message
        return null
      }
    },
  },
})
