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
  /** Why nothing was found of what the sides are said to be trained on; the comparison is shown without it. */
  learnedError: ApiError | null
}

let asking: AbortController | null = null

/** The comparison of two sides, and what a gate says of it. */
export const useCompareStore = defineStore('compare', {
  state: (): CompareState => ({ asked: null, found: null, error: null, gateError: null, learnedError: null }),

  actions: {
    /** A later question drops an earlier one; what is shown stays until the answer for the same sides is there. */
    async open(query: CompareQuery): Promise<void> {
      asking?.abort()
      const { signal } = (asking = new AbortController())
      const isSame = this.asked?.before === query.before && this.asked.after === query.after
      if (!isSame) this.$reset()
      this.asked = query
      try {
        const answer = await read(query, signal)
        if (!signal.aborted) this.$patch((state) => Object.assign(state, { ...answer, error: null }))
      } catch (cause) {
        if (!isAbort(cause) && !signal.aborted) this.error = asApiError(cause)
      }
    },
  },
})

type Read = Pick<CompareState, 'gateError' | 'learnedError'> & { found: ComparedAndJudged }

const REFUSED = [404, 422]

/** Where the server refuses, it may be for the gate or the trainings: then the comparison is there without them. */
async function read(query: CompareQuery, signal: AbortSignal): Promise<Read> {
  const { gate, trained_on, before_trained_on, ...sides } = query
  const learned = { ...(trained_on && { trained_on }), ...(before_trained_on && { before_trained_on }) }
  const send = (asked: CompareQuery): Promise<ComparedAndJudged> =>
    ask(api.GET('/api/sft/compare', { params: { query: asked }, signal }))
  try {
    return { found: await send(query), gateError: null, learnedError: null }
  } catch (cause) {
    if (!gate && !Object.keys(learned).length) throw cause
    if (!(cause instanceof ApiError) || !REFUSED.includes(cause.status)) throw cause
  }
  const plain = await send(sides)
  const refusal = (asked: object) =>
    Object.keys(asked).length ? attempt(send({ ...sides, ...asked })) : null
  const judged = await refusal(gate ? { gate } : {})
  const told = await refusal(learned)
  return {
    found: told?.found ?? judged?.found ?? plain,
    gateError: judged?.error ?? null,
    learnedError: told?.error ?? null,
  }
}

/** What is answered, or the refusal. */
async function attempt(
  sent: Promise<ComparedAndJudged>,
): Promise<{ found?: ComparedAndJudged; error?: ApiError }> {
  try {
    return { found: await sent }
  } catch (cause) {
    if (!(cause instanceof ApiError)) throw cause
    return { error: cause }
  }
}
