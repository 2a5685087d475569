import { defineStore } from 'pinia'
import { ApiError, api, ask, asApiError, isAbort } from '@/api/client'
import type { ComparedAndJudged, CompareQuery } from '@/api/types'

interface CompareState {
  /** What is shown was asked for by this. */
  asked: CompareQuery | null
  found: ComparedAndJudged | null
  error: ApiError | null
  /** Why the gate was not understood; the comparison is shown without it. */
  gateError: ApiError | null
}

let asking: AbortController | null = null

/** The comparison of two sides, and what a gate says of it. */
export const useCompareStore = defineStore('compare', {
  state: (): CompareState => ({ asked: null, found: null, error: null, gateError: null }),

  actions: {
    /** A later question drops an earlier one; what is shown stays until the answer for the same sides is there. */
    async open(query: CompareQuery): Promise<void> {
      asking?.abort()
      const { signal } = (asking = new AbortController())
      const isSame = this.asked?.before === query.before && this.asked.after === query.after
      if (!isSame) this.$reset()
      this.asked = query
      try {
        const { found, gateError } = await read(query, signal)
        if (!signal.aborted) this.$patch((state) => Object.assign(state, { found, gateError, error: null }))
      } catch (cause) {
        if (!isAbort(cause) && !signal.aborted) this.error = asApiError(cause)
      }
    },
  },
})

type Read = Pick<CompareState, 'gateError'> & { found: ComparedAndJudged }

/** Where the server refuses, it may be for the gate: then the comparison is there without it. */
async function read(query: CompareQuery, signal: AbortSignal): Promise<Read> {
  const { gate, ...sides } = query
  const send = (asked: CompareQuery): Promise<ComparedAndJudged> =>
    ask(api.GET('/api/sft/compare', { params: { query: asked }, signal }))
  if (!gate) return { found: await send(sides), gateError: null }
  try {
    return { found: await send(query), gateError: null }
  } catch (cause) {
    if (!(cause instanceof ApiError) || cause.status !== 422) throw cause
    return { found: await send(sides), gateError: cause }
  }
}
