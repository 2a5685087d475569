import type { TrainingView } from '@/api/types'
import { EXPORT_CATEGORIES } from '@/export/exports'
import { categoryLabel, UNCATEGORISED } from '@/words/categories'

type Group = TrainingView['outcomes'][string]

/** Rows of one category (null: of an outcome, or of none said); `tokens` are known once the training is done. */
export interface GroupRow {
  name: string
  label: string
  category: string | null
  has: number
  used: number
  tokens: { answers: number; all: number } | null
}

const NOT_SAID = 'not said'
const OUTCOME_LABELS: Readonly<Record<string, string>> = {
  failed: 'Failed the check',
  passed: 'Passed the check',
  errored: 'Could not be scored',
  unscored: 'Got no score',
  [NOT_SAID]: 'Not said',
}

export function categoryRows(training: TrainingView): GroupRow[] {
  return [...EXPORT_CATEGORIES, NOT_SAID]
    .filter((name) => training.by_category[name])
    .map((name) => ({
      name,
      label: name === UNCATEGORISED ? 'Uncategorised' : (OUTCOME_LABELS[name] ?? categoryLabel(name)),
      category: name === NOT_SAID ? null : name,
      has: training.by_category[name] ?? 0,
      used: training.used_by_category[name] ?? 0,
      tokens: tokensOf(training.categories[name]),
    }))
}

export function outcomeRows(training: TrainingView): GroupRow[] {
  return Object.entries(training.outcomes).map(([name, group]) => ({
    name,
    label: OUTCOME_LABELS[name] ?? name,
    category: null,
    has: group.rows,
    used: group.used,
    tokens: tokensOf(group),
  }))
}

function tokensOf(group: Group | undefined): GroupRow['tokens'] {
  return group ? { answers: group.answer_tokens, all: group.tokens } : null
}
