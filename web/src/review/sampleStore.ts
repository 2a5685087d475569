import { defineStore } from 'pinia'
import { api, ask } from '@/api/client'
import type { Sample } from '@/api/types'

interface SampleState {
  /** The sample whose cards are in the queue; null until it is read. */
  sample: Sample | null
}

/** How far the sample is read that the queue shows. */
export const useSampleStore = defineStore('sample', {
  state: (): SampleState => ({ sample: null }),

  actions: {
    /** The cards can be read without knowing how far the sample is, so a failure leaves the pill with its name. */
    async look(name: string): Promise<void> {
      const asked = api.GET('/api/sft/samples/{name}', { params: { path: { name } } })
      const sample = await ask(asked).catch(() => null)
      if (sample || this.sample?.name !== name) this.sample = sample
    },
  },
})
