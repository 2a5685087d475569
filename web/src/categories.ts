import type { SftAction, SftFailureCategory, SftStatus } from '@/api/types'

export interface CategoryInfo {
  value: SftFailureCategory
  label: string
  meaning: string
}

/** The order is part of the interface: digit n picks the n-th chip. */
export const CATEGORIES: readonly CategoryInfo[] = [
  {
    value: 'scoring_artifact',
    label: 'Scoring artifact',
    meaning: "the model was right, the benchmark's check was too strict",
  },
  {
    value: 'style_violation',
    label: 'Style violation',
    meaning: 'right answer that broke an instruction (verbosity, tone, unsolicited advice)',
  },
  { value: 'partial_answer', label: 'Partial answer', meaning: 'right direction, key elements missing' },
  { value: 'wrong_answer', label: 'Wrong answer', meaning: 'genuinely incorrect' },
  { value: 'format_error', label: 'Format error', meaning: 'right content in the wrong structure' },
  { value: 'hallucination', label: 'Hallucination', meaning: 'invented facts' },
]

export const UNCATEGORISED = 'uncategorised' as const

const LABELS = new Map<string, string>(CATEGORIES.map(({ value, label }) => [value, label]))

export function categoryLabel(value: string | null | undefined): string {
  return value ? (LABELS.get(value) ?? value) : 'Uncategorised'
}

export const ACTION_DONE: Readonly<Record<SftAction, string>> = {
  correct: 'Corrected',
  accept: 'Accepted',
  discard: 'Discarded',
  flag: 'Flagged',
}

export const STATUS_LABEL: Readonly<Record<SftStatus, string>> = {
  needs_review: 'to review',
  approved: 'approved',
  discarded: 'discarded',
  model_rejected: 'model rejected',
}
