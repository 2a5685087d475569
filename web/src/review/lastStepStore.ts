import { defineStore } from 'pinia'
import type { SftSubmitRequest } from '@/api/types'
import type { Step } from './decision'

type Begun = Exclude<Step, 'rest' | 'accept'> | 'reference'

/** The step that was taken last by hand, with which a digit at rest begins; `reference`: a correction from one. */
export const useLastStepStore = defineStore('lastStep', {
  state: (): { last: Begun | null } => ({ last: null }),

  actions: {
    remember(
      { action, corrected_response: text, proposed }: SftSubmitRequest,
      references: readonly string[],
    ): void {
      if (action === 'accept' || proposed?.taken) return
      this.last = action === 'correct' && references.includes(text ?? '') ? 'reference' : action
    },

    /** Begin as the last card was. `startFromReference`: null where nothing is to be replaced by a reference. */
    begin(begin: (step: Exclude<Step, 'rest'>) => void, startFromReference: (() => void) | null): void {
      if (this.last === 'reference' && startFromReference) startFromReference()
      else if (this.last) begin(this.last === 'reference' ? 'correct' : this.last)
    },
  },
})
