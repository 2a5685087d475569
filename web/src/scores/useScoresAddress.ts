import { computed } from 'vue'
import { type LocationQuery, useRoute, useRouter } from 'vue-router'
import type { ReportChoice } from './scoresStore'

export const GROUPS = [
  { value: 'task', label: 'Task' },
  { value: 'model', label: 'Model' },
  { value: 'task_model', label: 'Both' },
] as const

/** Which report the address asks for; `usual` is the run where it names none. */
export function useScoresAddress(usual: () => string | null) {
  const route = useRoute()
  const router = useRouter()

  const choice = computed<ReportChoice | null>(() => {
    const runId = text(route.query['run_id']) ?? usual()
    if (!runId) return null
    const borrow = text(route.query['borrow'])
    const group = GROUPS.find(({ value }) => value === text(route.query['group']))?.value ?? 'task'
    // what the check does wrong is borrowed task by task
    return {
      runId,
      group: borrow && group === 'model' ? 'task' : group,
      likeThese: text(route.query['like_these']) === 'true',
      borrow: borrow === runId ? null : borrow,
    }
  })

  function change(part: Partial<ReportChoice>): void {
    if (!choice.value) return
    const next = { ...choice.value, ...part }
    const query: Record<string, string> = { run_id: next.runId }
    if (next.group !== 'task') query['group'] = next.group
    if (next.likeThese) query['like_these'] = 'true'
    if (next.borrow && next.borrow !== next.runId) query['borrow'] = next.borrow
    void router.push({ query })
  }

  return { choice, change }
}

function text(value: LocationQuery[string] | undefined): string | null {
  const first = Array.isArray(value) ? value[0] : value
  return first ? first : null
}
