import { defineStore } from 'pinia'
import { type ApiError, api, ask, asApiError, isAbort } from '@/api/client'
import type { DecidedPage, DecidedSummary } from '@/api/types'
import { type DecidedFilters, type DecidedOrder, decidedQuery, orderQuery } from './decidedFilters'

export const PER_PAGE = 50

interface DecidedState {
  page: DecidedPage | null
  summary: DecidedSummary | null
  error: ApiError | null
}

let asking: AbortController | null = null

/** The Decided page: standing decisions, in the order that is asked for. */
export const useDecidedStore = defineStore('decided', {
  state: (): DecidedState => ({ page: null, summary: null, error: null }),

  actions: {
    /** Open a page of the list. A later question drops an earlier one that is still on its way. */
    async open(filters: DecidedFilters, page: number, order: DecidedOrder): Promise<void> {
      asking?.abort()
      const { signal } = (asking = new AbortController())
      const query = decidedQuery(filters)
      try {
        const [rows, summary] = await Promise.all([
          ask(
            api.GET('/api/sft/decisions', {
              params: { query: { ...query, ...orderQuery(order), page, per_page: PER_PAGE } },
              signal,
            }),
          ),
          ask(api.GET('/api/sft/decisions/summary', { params: { query }, signal })),
        ])
        if (!signal.aborted)
          this.$patch((state) => Object.assign(state, { page: rows, summary, error: null }))
      } catch (cause) {
        if (!isAbort(cause) && !signal.aborted) this.error = asApiError(cause)
      }
    },
  },
})
