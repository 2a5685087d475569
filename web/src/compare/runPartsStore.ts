import { defineStore } from 'pinia'
import { api, ask } from '@/api/client'
import type { RunParts } from './sides'

interface RunPartsState {
  parts: Record<string, RunParts>
}

/** The tasks and models of runs, each asked for once. */
export const useRunPartsStore = defineStore('runParts', {
  state: (): RunPartsState => ({ parts: {} }),

  actions: {
    async load(runIds: readonly string[]): Promise<void> {
      const missing = [...new Set(runIds)].filter((id) => !this.parts[id])
      if (!missing.length) return
      const found = await Promise.all(missing.map(read))
      missing.forEach((id, at) => (this.parts[id] = found[at] ?? NOTHING))
    },
  },
})

const NOTHING: RunParts = { tasks: [], models: [] }

/** A run that cannot be read offers nothing; comparing it says why. */
async function read(run_id: string): Promise<RunParts> {
  try {
    const query = { run_id, group: 'task_model' } as const
    const { rows } = await ask(api.GET('/api/sft/report', { params: { query } }))
    return {
      tasks: [...new Set(rows.map(({ task }) => task ?? ''))],
      models: [...new Set(rows.map(({ model_name }) => model_name ?? ''))],
    }
  } catch {
    return NOTHING
  }
}
