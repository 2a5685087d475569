import { ref, watch, type Ref } from 'vue'
import type { SftAction, SftFailureCategory, SftQueueItem } from '@/api/types'
import { isOffered } from '@/words/categories'
import type { Step } from './decision'

/** The failure category while a decision is made. */
export function useCategory(
  found: SftFailureCategory | null,
  step: Readonly<Ref<Step>>,
  { outcome }: Pick<SftQueueItem, 'outcome'>,
) {
  const category = ref(found)
  const passed = outcome === 'passed'
  /** Whether the category was chosen in this step rather than found. */
  let chosen = false
  watch(step, () => (chosen = false), { flush: 'sync' })

  const takesNone = (action: Step): boolean => action === 'rest' || (passed && action === 'accept')

  /** `byKey`: the first press keeps a category that came from an undo or a draft, and only a second one clears it. */
  function pick(choice: SftFailureCategory | null, byKey = false): void {
    if (takesNone(step.value) || (choice && !isOffered(choice, passed))) return
    category.value = byKey && chosen && choice === category.value ? null : choice
    chosen = true
  }

  /** What goes with an action: a category says what is wrong with an answer, so none with one that passed rightly. */
  function sent(action: SftAction): SftFailureCategory | null {
    return takesNone(action) ? null : category.value
  }

  return { category, sent, pick }
}
