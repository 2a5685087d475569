import { defineStore } from 'pinia'
import { type ApiError, api, ask, asApiError } from '@/api/client'
import type { SavedMapping } from '@/api/types'
import type { Mapping } from './mapping'

/** Mappings of columns, saved under names for later files with the same columns. */
export const useMappingsStore = defineStore('mappings', {
  state: (): { saved: SavedMapping[]; loaded: boolean; error: ApiError | null } => ({
    saved: [],
    loaded: false,
    error: null,
  }),

  actions: {
    async load(): Promise<void> {
      if (this.loaded) return
      await this.attempt(async () => {
        this.saved = await ask(api.GET('/api/sft/mappings'))
        this.loaded = true
      })
    },

    async save(name: string, columns: Mapping): Promise<boolean> {
      return this.attempt(async () => {
        const params = { path: { name } }
        const saved = await ask(api.PUT('/api/sft/mappings/{name}', { params, body: { columns } }))
        this.saved = [...this.saved.filter((one) => one.name !== name), saved]
      })
    },

    async forget(name: string): Promise<boolean> {
      return this.attempt(async () => {
        await ask(api.DELETE('/api/sft/mappings/{name}', { params: { path: { name } } }))
        this.saved = this.saved.filter((one) => one.name !== name)
      })
    },

    async attempt(act: () => Promise<void>): Promise<boolean> {
      try {
        await act()
        this.error = null
        return true
      } catch (cause) {
        this.error = asApiError(cause)
        return false
      }
    },
  },
})
