import { ref, watch, type Ref } from 'vue'
import type { SftFailureCategory } from '@/api/types'
import type { Step } from './decision'

/** The failure category while a decision is made. */
export function useCategory(found: SftFailureCategory | null, step: Readonly<Ref<Step>>) {
  const category = ref(found)
  /** Whether the category was chosen in this step rather than found. */
  let chosen = false
  watch(step, () => (chosen = false), { flush: 'sync' })

  /** `byKey`: the first press keeps a category that came from an undo or a draft, and only a second one clears it. */
  function pick(choice: SftFailureCategory | null, byKey = false): void {
    if (step.value === 'rest') return
    category.value = byKey && chosen && choice === category.value ? null : choice
    chosen = true
  }

  return { category, pick }
}
