import { computed, ref, watch } from 'vue'
import type { SftAction, SftQueueItem, SftSubmitRequest } from '@/api/types'
import { isBlank } from '@/reading/blank'
import { withLineEndsOf } from '@/reading/lineEnds'
import type { Question, Standing, Step } from './decision'
import type { Draft } from './drafts'
import { useCategory } from './useCategory'
import { useCorrection } from './useCorrection'
import { type Taken, useProposal } from './useProposal'
import { saysTheSame, useRemarks } from './useRemarks'

/**
 * One reviewer's decision on one card while it is being made.
 * Each card gets a new one, so that nothing chosen or typed on one card can be sent with another. Its draft holds only
 * what differs from the standing decision.
 */
export function useDecision(
  item: SftQueueItem,
  draft: Draft | null,
  post: (request: SftSubmitRequest) => void,
  standing: Standing | null = null,
  resume: Step | null = null,
) {
  const original = item.model_response
  const references = item.texts.references.map((one) => withLineEndsOf(original, one))
  const start = standing?.action === 'correct' ? (standing.corrected_response ?? original) : original

  const step = ref<Step>(resume ?? (draft?.editing ? 'correct' : (standing?.action ?? 'rest')))
  const stood = standing?.failure_category ?? null
  const { category, sent, pick } = useCategory(draft?.category ?? stood, step, item)
  const question = ref<Question | null>(null)
  const { typed, dropText, ...correction } = useCorrection(original, start, references, draft?.text)
  const { text, changed, kept } = correction
  const take = (verdict: Taken): void => send({ ...request(verdict.action), ...verdict })
  const isFree = (): boolean => !kept.value && !question.value
  const { shown, ...proposals } = useProposal(item, step, standing, isFree, take)
  const remarks = useRemarks(item, draft, standing, step)
  const send = (wanted: SftSubmitRequest): void => void (remarks.canSend() && post(wanted))
  watch([category, remarks.changed], () => question.value === 'same' && (question.value = null))

  function begin(next: Exclude<Step, 'rest'>): void {
    if (step.value !== next) question.value = null
    step.value = next
  }

  function confirm(): void {
    if (step.value === 'rest') return
    // Another verdict cannot carry a typed text.
    if (step.value !== 'correct')
      return typed.value ? void (question.value = 'lose-text') : decide(step.value)
    if (question.value === 'unchanged') return acceptInstead()
    question.value = null
    if (changed.value && !isBlank(text.value)) decide('correct', { corrected_response: text.value })
    else question.value = changed.value ? 'blank' : 'unchanged'
  }

  function request(action: SftAction, more: Partial<SftSubmitRequest> = {}): SftSubmitRequest {
    const said = { ...(standing && { revises: standing.decision_id }), ...remarks.said(), ...shown() }
    return { id: item.id, action, ...more, ...said }
  }

  function decide(action: SftAction, correction: { corrected_response?: string } = {}): void {
    const wanted = request(action, { failure_category: sent(action), ...correction })
    if (standing && isSame(standing, wanted)) question.value = 'same'
    else send(wanted)
  }

  const accept = (): void => void (step.value === 'rest' && send(request('accept')))
  const acceptInstead = (): void =>
    send(request('accept', sent('accept') ? { failure_category: sent('accept') } : {}))

  /** Go one step back. A typed text is thrown away only after asking. */
  function cancel(): void {
    if (question.value) question.value = null
    else if (step.value === 'correct' && typed.value) question.value = 'lose-text'
    else if (step.value === 'correct') throwAway()
    else leave()
  }

  /** Return to rest without the category; a text typed earlier stays. */
  const leave = (): void => void ([step.value, question.value, category.value] = ['rest', null, null])

  function throwAway(): void {
    dropText()
    return step.value === 'correct' ? leave() : confirm()
  }

  const write = (next: string): void => void ([text.value, question.value] = [next, null])

  /** Open the editor with a reference; a typed text is replaced only when asked for twice. */
  function startFromReference(which?: number): void {
    if (!correction.wantReference(which) || (step.value !== 'rest' && step.value !== 'correct')) return
    const agreed = question.value === 'replace-text'
    step.value = 'correct'
    question.value = typed.value && !agreed ? 'replace-text' : null
    if (!question.value) correction.takeReference()
  }

  const asDraft = computed<Draft>(() => ({
    editing: step.value === 'correct' && kept.value,
    text: kept.value ? text.value : null,
    category: category.value === stood ? null : category.value,
    ...remarks.inDraft.value,
  }))

  return {
    ...correction,
    ...proposals,
    ...{ step, category, question, references, remarks, asDraft },
    ...{ begin, pick, confirm, accept, acceptInstead, cancel, throwAway, write, startFromReference },
  }
}

/** Whether a revision changes nothing; it would only make the history longer. */
function isSame(before: Standing, wanted: SftSubmitRequest): boolean {
  return (
    before.action === wanted.action &&
    before.failure_category === wanted.failure_category &&
    saysTheSame(before, wanted) &&
    (wanted.corrected_response ?? before.corrected_response) === before.corrected_response
  )
}
