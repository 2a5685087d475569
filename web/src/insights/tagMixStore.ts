import { defineStore } from 'pinia'
import { api, ask, isAbort } from '@/api/client'
import type { TagMix } from '@/api/types'
import type { Scope } from './scope'

let asking: AbortController | null = null

/** The cards of each tag by category. */
export const useTagMixStore = defineStore('tagMix', {
  state: (): { tags: TagMix[] } => ({ tags: [] }),

  actions: {
    /** A later question drops an earlier one. */
    async open(query: Scope): Promise<void> {
      asking?.abort()
      const { signal } = (asking = new AbortController())
      try {
        const { tags } = await ask(api.GET('/api/sft/insights/tags', { params: { query }, signal }))
        if (!signal.aborted) this.tags = tags
      } catch (cause) {
        // The page's own numbers say that the server is away.
        if (!isAbort(cause) && !signal.aborted) this.tags = []
      }
    },
  },
})
