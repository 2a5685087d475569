import { defineStore } from 'pinia'
import { api, ask } from '@/api/client'
import { marksOf, type PatternMarks, type PatternQuestion } from './patternMarks'

/** How many answers are kept, for cards that the reviewer goes back to. */
const KEPT = 20

/** Where the patterns stand in the responses on screen, by question. */
export const usePatternMarksStore = defineStore('patternMarks', {
  state: (): { found: Map<string, PatternMarks> } => ({ found: new Map() }),

  actions: {
    async look(question: PatternQuestion): Promise<void> {
      const key = JSON.stringify(question)
      if (this.found.has(key)) return
      try {
        const marks = marksOf(await ask(api.POST('/api/sft/pattern-marks', { body: question })))
        this.found.set(key, marks)
        const oldest = this.found.keys().next().value
        if (this.found.size > KEPT && oldest !== undefined) this.found.delete(oldest)
      } catch {
        // The card is shown without marks; they are asked for again when the card is next shown.
      }
    },
  },
})
