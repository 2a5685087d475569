import { computed, ref } from 'vue'
import type { SftAction, SftFailureCategory, SftQueueItem, SftSubmitRequest } from '@/api/types'
import type { Draft } from './drafts'

export type Step = 'rest' | 'correct' | 'discard' | 'flag'
/** A question asked in the dock before the step goes on. */
export type Question = 'lose-text' | 'unchanged' | 'blank'

/**
 * One reviewer's decision on one card while it is being made. A new card gets a new one, so nothing chosen or typed
 * on card A can be sent with card B.
 */
export function useDecision(
  item: SftQueueItem,
  draft: Draft | null,
  send: (request: SftSubmitRequest) => void,
) {
  const original = item.model_response
  const step = ref<Step>(draft?.editing ? 'correct' : 'rest')
  const text = ref(draft?.text ?? original)
  const note = ref(draft?.note ?? '')
  const category = ref<SftFailureCategory | null>(draft?.category ?? null)
  const question = ref<Question | null>(null)
  const changed = computed(() => text.value !== original)

  function begin(next: Exclude<Step, 'rest'>): void {
    if (step.value === 'rest') step.value = next
  }

  function pick(choice: SftFailureCategory | null): void {
    if (step.value === 'rest') return
    category.value = choice === category.value ? null : choice
  }

  function confirm(): void {
    if (step.value === 'rest') return
    if (step.value !== 'correct') return decide(step.value)
    if (question.value === 'unchanged') return acceptInstead()
    if (question.value === 'lose-text') question.value = null
    if (!changed.value) question.value = 'unchanged'
    else if (!text.value.trim()) question.value = 'blank'
    else decide('correct', text.value)
  }

  function decide(action: Exclude<SftAction, 'accept'>, corrected_response?: string): void {
    const request = { id: item.id, action, failure_category: category.value, ...writtenNote() }
    send(corrected_response === undefined ? request : { ...request, corrected_response })
  }

  function accept(): void {
    if (step.value === 'rest') send({ id: item.id, action: 'accept', ...writtenNote() })
  }

  function acceptInstead(): void {
    const chosen = category.value ? { failure_category: category.value } : {}
    send({ id: item.id, action: 'accept', ...chosen, ...writtenNote() })
  }

  function writtenNote(): { note?: string } {
    const written = note.value.trim()
    return written ? { note: written } : {}
  }

  /** One step back. What was typed is only thrown away after asking. */
  function cancel(): void {
    if (question.value) question.value = null
    else if (step.value === 'correct' && changed.value) question.value = 'lose-text'
    else reset()
  }

  function reset(): void {
    step.value = 'rest'
    question.value = null
    category.value = null
    text.value = original
  }

  function write(next: string): void {
    text.value = next
    question.value = null
  }

  const asDraft = computed<Draft>(() => ({
    editing: step.value === 'correct' && changed.value,
    text: changed.value ? text.value : null,
    category: category.value,
    note: note.value,
  }))

  return {
    step,
    text,
    note,
    category,
    question,
    changed,
    asDraft,
    begin,
    pick,
    confirm,
    accept,
    acceptInstead,
    cancel,
    reset,
    write,
  }
}

export type Decision = ReturnType<typeof useDecision>
