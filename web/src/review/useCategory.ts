import { ref, watch, type Ref } from 'vue'
import type { SftFailureCategory } from '@/api/types'
import type { Step } from './decision'

/** Why it failed, while a decision is made. */
export function useCategory(found: SftFailureCategory | null, step: Readonly<Ref<Step>>) {
  const category = ref(found)
  /** Whether it was chosen in this step, and not only found there. */
  let chosen = false
  watch(step, () => (chosen = false), { flush: 'sync' })

  /** `byKey`: one that an undo or a draft brought along is kept, and only a second press clears. */
  function pick(choice: SftFailureCategory | null, byKey = false): void {
    if (step.value === 'rest') return
    category.value = byKey && chosen && choice === category.value ? null : choice
    chosen = true
  }

  return { category, pick }
}
