import type { CategoryInfo, SftAction, SftFailureCategory, SftStatus } from '@/api/types'
import { FACTS } from './facts'

/** The order is part of the interface: digit n picks the n-th chip. */
export const CATEGORIES: readonly CategoryInfo[] = FACTS.categories

export const UNCATEGORISED = 'uncategorised' as const

/** Whether a category can be chosen: an answer that passed failed no check that was too strict. */
export function isOffered(category: SftFailureCategory, passed = false): boolean {
  return !passed || category !== 'scoring_artifact'
}

const LABELS = new Map<string, string>(CATEGORIES.map(({ value, label }) => [value, label]))

export function categoryLabel(value: string | null | undefined): string {
  return value ? (LABELS.get(value) ?? value) : 'Uncategorised'
}

/** Whether no category is missing: an accepted answer that did not fail has no reason of a failure. */
export function isRight(action: string, category: string | null | undefined): boolean {
  return action === 'accept' && !category
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
  model_rejected: 'flagged',
}
