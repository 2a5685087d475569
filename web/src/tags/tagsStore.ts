import { defineStore } from 'pinia'
import { type ApiError, api, ask, asApiError, isAbort } from '@/api/client'
import type { TagCount } from '@/api/types'

interface TagsState {
  /** All tags of the desk, the most used first; null before they were read. */
  tags: TagCount[] | null
  /** Those that begin with what is being typed. */
  found: TagCount[]
  busy: boolean
  error: ApiError | null
}

let asking: AbortController | null = null

/** The tags of the desk, and how many cards have each. */
export const useTagsStore = defineStore('tags', {
  state: (): TagsState => ({ tags: null, found: [], busy: false, error: null }),

  actions: {
    async load(): Promise<void> {
      try {
        const { tags } = await ask(api.GET('/api/sft/tags'))
        this.$patch((state) => Object.assign(state, { tags, error: null }))
      } catch (cause) {
        this.error = asApiError(cause)
      }
    },

    /** Find tags by the beginning of a word. A later question drops an earlier one. */
    async find(q: string): Promise<void> {
      this.forget()
      const { signal } = (asking = new AbortController())
      try {
        const { tags } = await ask(api.GET('/api/sft/tags', { params: { query: { q } }, signal }))
        if (!signal.aborted) this.found = tags
      } catch (cause) {
        // Completion is a courtesy: without it a tag is typed to its end.
        if (!isAbort(cause) && !signal.aborted) this.found = []
      }
    },

    forget(): void {
      asking?.abort()
      this.found = []
    },

    /** True if the tag has its new name. */
    async rename(name: string, to: string): Promise<boolean> {
      const cards = await this.change(() => ask(api.POST('/api/sft/tags/rename', { body: { name, to } })))
      return cards !== null
    },

    /** On how many cards the tags are one now; null if that failed. */
    async merge(names: string[], into: string): Promise<number | null> {
      return this.change(() => ask(api.POST('/api/sft/tags/merge', { body: { names, into } })))
    },

    async drop(name: string): Promise<boolean> {
      const params = { path: { name } }
      return (await this.change(() => ask(api.DELETE('/api/sft/tags/{name}', { params })))) !== null
    },

    /** Take a step, and read the tags again; null if it was refused. */
    async change(step: () => Promise<{ cards: number }>): Promise<number | null> {
      if (this.busy) return null
      this.$patch({ busy: true, error: null })
      try {
        const { cards } = await step()
        await this.load()
        return cards
      } catch (cause) {
        this.error = asApiError(cause)
        return null
      } finally {
        this.busy = false
      }
    },
  },
})
