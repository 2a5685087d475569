import { computed, type Ref } from 'vue'
import type { SftQueueItem, SftSubmitRequest } from '@/api/types'
import { proposalsShown } from '@/kit/proposalsShown'
import { withLineEndsOf } from '@/reading/lineEnds'
import type { Standing, Step } from './decision'
import { useRulesSay } from './useRulesSay'

export type Taken = Pick<SftSubmitRequest, 'action' | 'failure_category' | 'corrected_response' | 'proposed'>

/**
 * What a rule proposes on a card that waits, if the reviewer wants proposals; a revision has none. `isFree`: whether
 * nothing was begun that the proposal would replace. `decide`: what happens when it is taken.
 */
export function useProposal(
  item: SftQueueItem,
  step: Readonly<Ref<Step>>,
  standing: Standing | null,
  isFree: () => boolean,
  decide: (verdict: Taken) => void,
) {
  const { model_response, is_withheld } = item
  const { proposal, likeness } = useRulesSay(item, step)
  const wanted = computed(() => (proposalsShown.value && !standing ? proposal.value : null))
  const offered = computed(() => (isBeside() && isFree() ? wanted.value : null))

  /** What is withheld shows beside the step that was begun, all else at rest. */
  function isBeside(): boolean {
    return is_withheld || step.value === 'rest'
  }

  /** Decide as if the person had made this verdict. */
  function takeProposal(): void {
    if (!offered.value) return
    const { action, category, corrected_response: text } = offered.value
    const correction = text !== null && { corrected_response: withLineEndsOf(model_response, text) }
    decide({ action, failure_category: category, ...correction, ...shown(true) })
  }

  /** What is kept with the decision on a card that showed a proposal. */
  function shown(taken = false): Pick<SftSubmitRequest, 'proposed'> {
    if (!wanted.value) return {}
    const { rule, action, category } = wanted.value
    return { proposed: { rule, action, category, taken, after_action: is_withheld } }
  }

  return { proposal: offered, likeness, takeProposal, shown }
}
