import type { DecidedFilters } from '@/decided/decidedFilters'
import { pillWords } from '@/kit/valueWords'
import { harnessWords } from '@/words/harnesses'
import { lengthWords } from './lengthWords'
import type { QueueFilters } from './queueFilters'
import { scoreWords } from './scoreFilter'
import { CARD_VALUES, type CardFilters, type CardValue, NO_VALUE, set, type Values } from './valueFilters'

const NAMES: Readonly<Record<CardValue, string>> = {
  run_id: 'run',
  model_name: 'model',
  task_type: 'task',
  source: 'source',
  harness: 'harness',
  check: 'check',
  shape: 'reason',
  tag: 'tag',
}

/** The filters in words, for the headline of a bulk step. */
export function describeFilters(filters: QueueFilters): string[] {
  return [
    ...cardWords(filters),
    ...scorePart(filters),
    filters.outcome && `outcome ${filters.outcome}`,
    filters.sample && `sample ${filters.sample}`,
    filters.q && `text “${filters.q}”`,
  ].filter((part): part is string => Boolean(part))
}

/** The filters of what is decided, in words. */
export function describeDecided(filters: DecidedFilters): string[] {
  const said = ['failure_category', 'reviewer', 'action', 'check_fault'] as const
  const { status, batch_id, outcome, reading, sample, since, until, q } = filters
  return [
    ...cardWords(filters),
    ...said.flatMap((name) => words(name.replaceAll('_', ' '), filters[name], filters[`not_${name}`])),
    ...set({ status, batch_id, outcome, reading, sample, since, until, q }).map(
      ([name, value]) => `${name.replaceAll('_', ' ')} ${value as string}`,
    ),
    ...scorePart(filters),
  ]
}

function cardWords(filters: CardFilters): string[] {
  const length = lengthWords(filters)
  const { has_reference: reference } = filters
  return [
    ...CARD_VALUES.flatMap((name) => words(NAMES[name], filters[name], filters[`not_${name}`], labels[name])),
    ...(reference === null ? [] : [reference === 'true' ? 'with a reference' : 'without a reference']),
    ...(length ? [`length ${length}`] : []),
  ]
}

function scorePart(filters: CardFilters): string[] {
  const scores = scoreWords(filters)
  return scores ? [`score ${scores}`] : []
}

function words(
  name: string,
  given: Values,
  leftOut: Values,
  label: (value: string) => string = (value) => value,
): string[] {
  return given || leftOut ? [`${name} ${pillWords(given, leftOut, label)}`] : []
}

/** The shape of a reason in words: its hash means nothing to a person. */
export const shapeLabel = (shape: string): string => (shape === NO_VALUE ? 'none' : 'of the same kind')
const labels: Partial<Record<CardValue, (value: string) => string>> = {
  shape: shapeLabel,
  harness: harnessWords,
}
