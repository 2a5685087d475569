import type { Compared, ComparedAndJudged, ComparedItem, Comparison } from '@/api/types'

export function comparedItem(changes: Partial<ComparedItem> = {}): ComparedItem {
  return {
    task: 'sums',
    item: 'sum-1',
    title: null,
    kind: 'broken',
    before: { value: 1, card: null, category: null, read: false },
    after: { value: 0, card: 'new/1', category: 'wrong_answer', read: true },
    exposed: false,
    ...changes,
  }
}

/** As the example of docs/compare.md: 7 of 120 items fixed, 3 broken. */
export function compared(changes: Partial<Compared> = {}): Compared {
  return {
    before: { name: 'old', run_id: 'old', model_name: '' },
    after: { name: 'new', run_id: 'new', model_name: '' },
    verdicts: 'people',
    items_compared: 120,
    read_before: 0,
    read_after: 0,
    right_before: 71,
    right_after: 75,
    fixed: 7,
    broken: 3,
    still_wrong: 42,
    still_right: 68,
    difference: { value: 4 / 120, low: -0.02, high: 0.087 },
    p_value: 0.34375,
    passes_listed: true,
    method: 'mcnemar_newcombe',
    set_aside: 0,
    unjudged: 0,
    only_before: 0,
    only_after: 0,
    corrected_before: null,
    corrected_after: null,
    corrected_difference: null,
    tasks: [
      { task: 'sums', items: 100, before: 60, after: 62, fixed: 5, broken: 3 },
      { task: 'words', items: 20, before: 11, after: 13, fixed: 2, broken: 0 },
    ],
    categories: [
      { category: 'wrong_answer', before: 30, after: 25 },
      { category: null, before: 19, after: 20 },
    ],
    items: [
      comparedItem(),
      comparedItem({
        item: 'sum-2',
        kind: 'fixed',
        before: { value: 0, card: 'old/2', category: null, read: false },
        after: { value: 1, card: 'new/2', category: null, read: false },
      }),
    ],
    exposure: null,
    notes: [],
    ...changes,
  }
}

/** Twelve of the 120 items were trained on: 6 right before, 11 after. */
export function exposure(): NonNullable<Compared['exposure']> {
  return {
    before: { datasets: [], items: 0 },
    after: { datasets: [{ name: 'export 3', how: 'given', items: 30, unnamed: 1, exposed: 12 }], items: 12 },
    exposed: {
      items: 12,
      right_before: 6,
      right_after: 11,
      difference: { value: 5 / 12, low: 0.051, high: 0.672 },
      p_value: 0.0625,
    },
    rest: {
      items: 108,
      right_before: 65,
      right_after: 64,
      difference: { value: -1 / 108, low: -0.05, high: 0.031 },
      p_value: 1,
    },
  }
}

export function judged(changes: Partial<ComparedAndJudged> = {}): ComparedAndJudged {
  return { compared: compared(), gate: null, ...changes }
}

/** Three sides: the second surely better than the first, the third not. */
export function comparison(changes: Partial<Comparison> = {}): Comparison {
  const side = (name: string) => ({ name, run_id: name, model_name: '' })
  const better = { value: 0.1, low: 0.02, high: 0.18 }
  return {
    sides: [side('old'), side('new'), side('newest')],
    pairs: [
      compared({ difference: better, p_value: 0.02, items: [] }),
      compared({ after: side('newest'), difference: null, passes_listed: false, items: [] }),
    ],
    items: [
      { task: 'sums', item: 'sum-1', title: null, values: [0, 1, 0.5], cards: ['old/1', null, 'newest/1'] },
    ],
    ...changes,
  }
}
