import { nextTick, ref } from 'vue'
import { withLineEndsOf } from '@/reading/lineEnds'
import type { Step } from './decision'
import type { useDecision } from './useDecision'

/** The ways into the editor. `show` scrolls it into view; `focusRequest` counts up whenever the caret should enter. */
export function useEditorStart(decision: ReturnType<typeof useDecision>, original: string, show: () => void) {
  const { step, question } = decision
  const focusRequest = ref(0)

  function enter(): void {
    focusRequest.value += 1
    void nextTick(show)
  }

  function begin(next: Exclude<Step, 'rest'>): void {
    decision.begin(next)
    if (next === 'correct' && step.value === 'correct') enter()
  }

  function startFromReference(which?: number): void {
    decision.startFromReference(which)
    // While a question is open, the focus belongs to it.
    if (step.value === 'correct' && !question.value) enter()
  }

  /** Begin with another answer to the card's item; a text typed before can be brought back. */
  function startFrom(other: string): void {
    decision.replaceText(withLineEndsOf(original, other))
    begin('correct')
  }

  /** Replace the editor's text by a button below it; the caret follows into the editor. */
  function inEditor(act: () => void): void {
    act()
    focusRequest.value += 1
  }

  return { focusRequest, begin, startFromReference, startFrom, inEditor }
}
