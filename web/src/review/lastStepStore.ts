import { defineStore } from 'pinia'
import type { Step } from './decision'

type Begun = Exclude<Step, 'rest'> | 'reference'

/**
 * How a step was begun last, which is how a digit at rest begins one; `reference`: a correction from the reference, as
 * most cards want it.
 */
export const useLastStepStore = defineStore('lastStep', {
  state: (): { last: Begun } => ({ last: 'reference' }),

  actions: {
    /** An accept is a step only after another had begun. */
    remember(begun: Begun): void {
      if (begun !== 'accept') this.last = begun
    },

    /** Begin as the last time. `startFromReference`: null where nothing is to be replaced by a reference. */
    begin(begin: (step: Exclude<Step, 'rest'>) => void, startFromReference: (() => void) | null): void {
      if (this.last !== 'reference') begin(this.last)
      else if (startFromReference) startFromReference()
      else begin('correct')
    },
  },
})
