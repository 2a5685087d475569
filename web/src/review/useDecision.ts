import { computed, ref, watch } from 'vue'
import type { SftAction, SftQueueItem, SftSubmitRequest } from '@/api/types'
import { isBlank } from '@/reading/blank'
import { withLineEndsOf } from '@/reading/lineEnds'
import type { Question, Standing, Step } from './decision'
import type { Draft } from './drafts'
import { useCategory } from './useCategory'
import { useCorrection } from './useCorrection'

/**
 * One reviewer's decision on one card while it is being made. A new card gets a new one, so nothing chosen or typed
 * on card A can be sent with card B.
 */
export function useDecision(
  item: SftQueueItem,
  draft: Draft | null,
  send: (request: SftSubmitRequest) => void,
  standing: Standing | null = null,
  resume: Step | null = null,
) {
  const original = item.model_response
  const reference = referenceOf(item)
  const start = standing?.action === 'correct' ? (standing.corrected_response ?? original) : original

  const step = ref<Step>(resume ?? (draft?.editing ? 'correct' : (standing?.action ?? 'rest')))
  // A draft holds what differs from what stands.
  const stood = { note: standing?.note ?? '', category: standing?.failure_category ?? null }
  const note = ref(draft?.note || stood.note)
  const { category, pick } = useCategory(draft?.category ?? stood.category, step)
  const question = ref<Question | null>(null)
  const { typed, dropText, ...correction } = useCorrection(original, start, reference, draft?.text)
  const { text, changed, kept } = correction
  watch(category, () => question.value === 'same' && (question.value = null))

  function begin(next: Exclude<Step, 'rest'>): void {
    if (step.value !== next) question.value = null
    step.value = next
  }

  function confirm(): void {
    if (step.value === 'rest') return
    // Another verdict has no place for a text that was typed.
    if (step.value !== 'correct')
      return typed.value ? void (question.value = 'lose-text') : decide(step.value)
    if (question.value === 'unchanged') return acceptInstead()
    question.value = null
    if (changed.value && !isBlank(text.value)) decide('correct', { corrected_response: text.value })
    else question.value = changed.value ? 'blank' : 'unchanged'
  }

  function request(action: SftAction, more: Partial<SftSubmitRequest> = {}): SftSubmitRequest {
    return { id: item.id, action, ...more, ...alsoSent(note.value.trim(), standing) }
  }

  function decide(action: SftAction, correction: { corrected_response?: string } = {}): void {
    const wanted = request(action, { failure_category: category.value, ...correction })
    if (standing && isSame(standing, wanted)) question.value = 'same'
    else send(wanted)
  }

  const accept = (): void => void (step.value === 'rest' && send(request('accept')))

  function acceptInstead(): void {
    send(request('accept', category.value ? { failure_category: category.value } : {}))
  }

  /** One step back. What was typed is only thrown away after asking. */
  function cancel(): void {
    if (question.value) question.value = null
    else if (step.value === 'correct' && typed.value) question.value = 'lose-text'
    else if (step.value === 'correct') throwAway()
    else leave()
  }

  /** Back at rest without the category; a text that was typed earlier stays. */
  function leave(): void {
    step.value = 'rest'
    question.value = category.value = null
  }

  function throwAway(): void {
    dropText()
    return step.value === 'correct' ? leave() : confirm()
  }

  function write(next: string): void {
    text.value = next
    question.value = null
  }

  /** Opens the editor with the reference; over a text that was typed only when asked for twice. */
  function startFromReference(): void {
    if (reference === null || (step.value !== 'rest' && step.value !== 'correct')) return
    const agreed = question.value === 'replace-text'
    step.value = 'correct'
    question.value = typed.value && !agreed ? 'replace-text' : null
    if (!question.value) correction.replaceText(reference)
  }

  const asDraft = computed<Draft>(() => ({
    editing: step.value === 'correct' && kept.value,
    text: kept.value ? text.value : null,
    category: category.value === stood.category ? null : category.value,
    note: note.value === stood.note ? '' : note.value,
  }))

  return {
    ...correction,
    ...{ step, note, category, question, reference, asDraft },
    ...{ begin, pick, confirm, accept, acceptInstead, cancel, throwAway, write, startFromReference },
  }
}

/** What a correction may start from; null when there is nothing to start from. */
function referenceOf({ texts, model_response }: SftQueueItem): string | null {
  const [first] = texts.references
  return first === undefined ? null : withLineEndsOf(model_response, first)
}

/** The note goes with every action, and in a revision which decision this stands in for. */
function alsoSent(note: string, standing: Standing | null): { note?: string; revises?: number } {
  return { ...(note && { note }), ...(standing && { revises: standing.decision_id }) }
}

/** A revision that changes nothing would only lengthen the history. */
function isSame(before: Standing, wanted: SftSubmitRequest): boolean {
  return (
    before.action === wanted.action &&
    before.failure_category === wanted.failure_category &&
    (before.note ?? '') === (wanted.note ?? '') &&
    (wanted.corrected_response ?? before.corrected_response) === before.corrected_response
  )
}
