import type { UnwrapNestedRefs } from 'vue'
import type { CheckFault, Proposal, SftAction, SftFailureCategory } from '@/api/types'
import type { useFault } from './useFault'
import type { useMust } from './useMust'
import type { useTags } from './useTags'

/** What accepting an answer means that the check passed. */
export const RIGHTLY_PASSED = 'Rightly passed'

/** `accept` is a step only while revising or after another step had begun: at rest it is a single press. */
export type Step = 'rest' | 'accept' | 'correct' | 'discard' | 'flag'
/** A question asked in the dock before the step goes on. */
export type Question = 'lose-text' | 'replace-text' | 'unchanged' | 'blank' | 'same'

/** The standing decision on a card, to be revised. */
export interface Standing {
  decision_id: number
  action: SftAction
  corrected_response: string | null
  failure_category: SftFailureCategory | null
  note: string | null
  check_fault: CheckFault | null
  corrected_reference: unknown
  tags: readonly string[]
  must: readonly string[]
  must_not: readonly string[]
}

/** What is wrong with the check, as the dock shows and changes it. */
export type DockFault = UnwrapNestedRefs<ReturnType<typeof useFault>>

/** What a right answer must contain, and the tags, likewise. */
export type DockMust = UnwrapNestedRefs<ReturnType<typeof useMust>>
export type DockTags = UnwrapNestedRefs<ReturnType<typeof useTags>>

/** A decision being made, with what the dock shows and calls. */
export interface DockDecision {
  readonly step: Step
  readonly category: SftFailureCategory | null
  readonly question: Question | null
  readonly note: string
  readonly noteOpen: boolean
  /** Whether a text was begun and is kept while another step is open. */
  readonly hasDraft: boolean
  /** The decision that this one revises. */
  readonly standing: Standing | null
  readonly faults: DockFault
  readonly tags: DockTags
  readonly must: DockMust
  /** The model's text, and the typed one while there is one. */
  readonly answer: string
  readonly correction: string | null
  /** Whether the check passed the answer: to accept it then says that it passed rightly, without a category. */
  readonly passed: boolean
  /** What a rule proposes, to be taken in one press. */
  readonly proposal: Proposal | null
  accept: () => void
  takeProposal: () => void
  begin: (step: Exclude<Step, 'rest'>) => void
  pick: (category: SftFailureCategory | null) => void
  confirm: () => void
  cancel: () => void
  acceptInstead: () => void
  throwAway: () => void
  startFromReference: () => void
  openNote: () => void
  writeNote: (note: string) => void
  /** Leave the field that has the caret, back to the card. */
  leave: () => void
}
