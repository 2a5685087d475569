import { defineStore } from 'pinia'
import { type ApiError, api, ask, asApiError } from '@/api/client'
import type { TakenBack } from '@/api/types'
import { useSftStore } from '@/review/sft'
import { useToastStore } from '@/shell/toastStore'
import { count } from '@/words/text'
import { useRunsStore } from './runsStore'

interface TakingBackState {
  runId: string | null
  /** What taking the run back would hide. */
  would: TakenBack | null
  busy: boolean
  error: ApiError | null
}

/** Taking a run back hides its cards, which can be undone at any time. */
export const useTakingBackStore = defineStore('takingBack', {
  state: (): TakingBackState => ({ runId: null, would: null, busy: false, error: null }),

  actions: {
    async ask(runId: string): Promise<void> {
      this.$patch({ runId, would: null, busy: false, error: null })
      try {
        const would = await remove(runId, { dry_run: true })
        if (this.runId === runId) this.would = would
      } catch (cause) {
        if (this.runId === runId) this.error = asApiError(cause)
      }
    },

    async takeBack(decided_too: boolean): Promise<void> {
      const { runId } = this
      if (!runId || this.busy) return
      this.busy = true
      this.error = null
      try {
        const { hidden } = await remove(runId, { decided_too })
        this.end()
        useToastStore().offer(
          `Took back ${count(hidden, 'card')} of ${runId}.`,
          () => void this.bringBack(runId),
        )
        await this.refresh()
      } catch (cause) {
        this.error = asApiError(cause)
      } finally {
        this.busy = false
      }
    },

    async bringBack(runId: string): Promise<void> {
      const params = { path: { run_id: runId } }
      try {
        const { restored } = await ask(api.POST('/api/sft/runs/{run_id}/restore', { params }))
        useToastStore().notify(`Brought back ${count(restored, 'card')} of ${runId}.`)
      } catch (cause) {
        useToastStore().notify(`Not brought back: ${asApiError(cause).message}`)
      }
      await this.refresh()
    },

    end(): void {
      this.$patch({ runId: null, would: null, error: null })
    },

    async refresh(): Promise<void> {
      const desk = useSftStore()
      await Promise.all([useRunsStore().load(), desk.refreshStats(), desk.resync()])
    },
  },
})

function remove(run_id: string, query: { dry_run?: boolean; decided_too?: boolean }): Promise<TakenBack> {
  return ask(api.DELETE('/api/sft/runs/{run_id}', { params: { path: { run_id }, query } }))
}
