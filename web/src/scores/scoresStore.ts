import { defineStore } from 'pinia'
import { type ApiError, api, ask, askOnce, asApiError, isAbort } from '@/api/client'
import type { NextReads, Report, ReportGroup, ReportRow } from '@/api/types'
import { newSample, READS } from './nextStep'

/** Which report is on screen. */
export interface ReportChoice {
  runId: string
  group: Exclude<ReportGroup, 'none'>
  likeThese: boolean
  borrow: string | null
}

interface ScoresState {
  /** The run of what is shown. */
  runId: string | null
  /** The row of the whole run. */
  whole: ReportRow | null
  rows: Report | null
  next: NextReads | null
  error: ApiError | null
  drawing: boolean
  drawError: ApiError | null
}

let asking: AbortController | null = null

/** The report of a run, in one row and by task or model, and what to read next. */
export const useScoresStore = defineStore('scores', {
  state: (): ScoresState => ({
    runId: null,
    whole: null,
    rows: null,
    next: null,
    error: null,
    drawing: false,
    drawError: null,
  }),

  actions: {
    /** Read the report. A later question drops an earlier one; what is shown stays until the answer is there. */
    async open({ runId, group, likeThese, borrow }: ReportChoice): Promise<void> {
      asking?.abort()
      const { signal } = (asking = new AbortController())
      if (runId !== this.runId)
        Object.assign(this, { runId, whole: null, rows: null, next: null, error: null, drawError: null })
      const common = { run_id: runId, like_these: likeThese }
      const query = { ...common, group, ...(borrow ? { borrow } : {}) }
      try {
        const [whole, rows, next] = await Promise.all([
          ask(api.GET('/api/sft/report', { params: { query: common }, signal })),
          ask(api.GET('/api/sft/report', { params: { query }, signal })),
          ask(
            api.GET('/api/sft/report/next', { params: { query: { run_id: runId, reads: READS } }, signal }),
          ),
        ])
        if (signal.aborted) return
        this.$patch((state) =>
          Object.assign(state, { whole: whole.rows[0] ?? null, rows, next, error: null }),
        )
      } catch (cause) {
        if (!isAbort(cause) && !signal.aborted) this.error = asApiError(cause)
      }
    },

    /** Grow or draw the samples of the next reads; the name of the first, or null if the desk refused. */
    async drawNext(): Promise<string | null> {
      const { runId, next, drawing } = this
      if (!runId || !next || drawing) return null
      this.drawing = true
      this.drawError = null
      let first: string | null = null
      try {
        for (const step of next.steps) {
          const name = step.sample === null ? await draw(runId, step) : await grow(step.sample, step)
          first ??= name
        }
      } catch (cause) {
        this.drawError = asApiError(cause)
        return null
      } finally {
        this.drawing = false
      }
      return first
    },
  },
})

type Step = NextReads['steps'][number]

async function draw(runId: string, { allocation }: Step): Promise<string> {
  const samples = await ask(api.GET('/api/sft/samples'))
  const taken = samples.map(({ name }) => name)
  const body = newSample(runId, taken, allocation)
  const sent = await askOnce(body, (params) => api.POST('/api/sft/samples', { body, params }))
  return sent.name
}

async function grow(name: string, { size, allocation }: Step): Promise<string> {
  const body = allocation.length ? { allocation } : { size }
  const path = { name }
  await askOnce({ name, ...body }, ({ header }) =>
    api.POST('/api/sft/samples/{name}/grow', { body, params: { path, header } }),
  )
  return name
}
