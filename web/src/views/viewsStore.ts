import { defineStore } from 'pinia'
import { type ApiError, api, ask, asApiError } from '@/api/client'
import type { View, ViewPage } from '@/api/types'
import { useToastStore } from '@/shell/toastStore'
import { type Query, valuesOf } from './views'

interface ViewsState {
  views: View[]
  loaded: boolean
  error: ApiError | null
}

/** The saved views of all pages. */
export const useViewsStore = defineStore('views', {
  state: (): ViewsState => ({ views: [], loaded: false, error: null }),

  actions: {
    async load(): Promise<void> {
      try {
        this.views = await ask(api.GET('/api/sft/views'))
        this.loaded = true
        this.error = null
      } catch (cause) {
        this.error = asApiError(cause)
      }
    },

    find(page: ViewPage, name: string | null): View | null {
      return this.views.find((view) => view.page === page && view.name === name) ?? null
    },

    /** The view of that name, which the server may know and this page not yet. */
    async read(page: ViewPage, name: string): Promise<View> {
      return ask(api.GET('/api/sft/views/{page}/{name}', { params: { path: { page, name } } }))
    },

    /** Save a view; one that is renamed gets the name. Whether that worked. */
    async save(page: ViewPage, name: string, query: Query, renames?: string): Promise<boolean> {
      const body = { query: valuesOf(query), ...(renames !== undefined && { renames }) }
      try {
        await ask(api.PUT('/api/sft/views/{page}/{name}', { params: { path: { page, name } }, body }))
      } catch (cause) {
        this.error = asApiError(cause)
        return false
      }
      await this.load()
      return true
    },

    /** Delete a view, and offer to save it again. Whether that worked. */
    async forget(page: ViewPage, name: string): Promise<boolean> {
      try {
        const gone = await ask(
          api.DELETE('/api/sft/views/{page}/{name}', { params: { path: { page, name } } }),
        )
        const back = (): void => void this.save(page, name, gone.query)
        useToastStore().offer(`Deleted the view “${name}”.`, back)
      } catch (cause) {
        this.error = asApiError(cause)
        return false
      }
      await this.load()
      return true
    },
  },
})
