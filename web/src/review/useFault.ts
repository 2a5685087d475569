import { computed, ref, type Ref, watch } from 'vue'
import type { CheckFault, SftQueueItem, SftSubmitRequest } from '@/api/types'
import { isJsonReference, readReference } from './correctedReference'
import type { Standing, Step } from './decision'
import type { Draft } from './drafts'

/** What is wrong with the check, and the reference that would be right, while a decision is made. */
export function useFault(
  item: SftQueueItem,
  draft: Draft | null,
  standing: Standing | null,
  step: Readonly<Ref<Step>>,
) {
  const stood = standing?.check_fault ?? null
  const isJson = isJsonReference(item)
  const fault = ref(draft?.fault ?? stood)
  /** The corrected reference as it was typed here; null leaves the one that stood, or none. */
  const typed = ref(draft?.reference ?? null)
  const open = ref(false)
  // Another step is on the keys then.
  watch(step, () => (open.value = false), { flush: 'sync' })
  const reference = computed<unknown>(() =>
    typed.value === null ? (standing?.corrected_reference ?? null) : readReference(typed.value, isJson),
  )

  /** The same one again clears it. */
  function pick(choice: CheckFault | null): void {
    fault.value = choice === fault.value ? null : choice
  }

  /** Whether this can be sent; if the reference is not the JSON it should be, the page shows what is wrong with it. */
  function canSend(): boolean {
    open.value ||= reference.value === undefined
    return reference.value !== undefined
  }

  function said(): Pick<SftSubmitRequest, 'check_fault' | 'corrected_reference'> {
    return {
      ...(fault.value && { check_fault: fault.value }),
      ...(reference.value !== null && { corrected_reference: reference.value }),
    }
  }

  const inDraft = computed(() => ({
    ...(fault.value !== stood && { fault: fault.value }),
    ...(typed.value !== null && { reference: typed.value }),
  }))

  return {
    ...{ item, isJson, fault, typed, open, reference, stood: standing?.corrected_reference ?? null },
    ...{ pick, canSend, said, inDraft },
    toggle: (): void => void (open.value = !open.value),
    write: (text: string | null): void => void (typed.value = text),
  }
}
