import type { SftAction, SftFailureCategory } from '@/api/types'

/** `accept` is a step while a decision is revised and after another step had begun: from rest it is one press. */
export type Step = 'rest' | 'accept' | 'correct' | 'discard' | 'flag'
/** A question asked in the dock before the step goes on. */
export type Question = 'lose-text' | 'replace-text' | 'unchanged' | 'blank' | 'same'

/** The decision that stands on a card, when it is to be revised. */
export interface Standing {
  decision_id: number
  action: SftAction
  corrected_response: string | null
  failure_category: SftFailureCategory | null
  note: string | null
}

/** A decision in the making, as the dock shows it and works on it. */
export interface DockDecision {
  readonly step: Step
  readonly category: SftFailureCategory | null
  readonly question: Question | null
  readonly note: string
  readonly noteOpen: boolean
  /** A text was begun, and waits behind another step. */
  readonly hasDraft: boolean
  /** The decision that this one revises. */
  readonly standing: Standing | null
  accept: () => void
  begin: (step: Exclude<Step, 'rest'>) => void
  pick: (category: SftFailureCategory | null) => void
  confirm: () => void
  cancel: () => void
  acceptInstead: () => void
  throwAway: () => void
  startFromReference: () => void
  openNote: () => void
  writeNote: (note: string) => void
}
