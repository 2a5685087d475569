import type { Insights, MixRow, ModelTask, Overview } from '@/api/types'

/** A row of 100 failures of which 50 were read at random, all of them wrong answers unless `by_category` says else. */
export function mixRow(more: Partial<MixRow> = {}): MixRow {
  return {
    name: null,
    failed: 100,
    read: 50,
    set_aside: 0,
    undecided: 0,
    unopened: 0,
    basis: 'sample',
    rough: false,
    by_category: { wrong_answer: { read: 50, value: 1, low: 0.95, high: 1 } },
    ...more,
  }
}

/** A share as a sample tells it. */
export function share(value: number, arm = 0.05, read = Math.round(value * 50)) {
  return { read, value, low: Math.max(0, value - arm), high: Math.min(1, value + arm) }
}

export function modelTask(model: string, task: string, more: Partial<ModelTask> = {}): ModelTask {
  return {
    model_name: model,
    task_type: task,
    items: { failed: 40, passed: 60 },
    read: { failed: 40, passed: 60 },
    harness_score: 0.6,
    corrected_score: { value: 0.7, low: 0.65, high: 0.75 },
    rough: false,
    ahead: false,
    ...more,
  }
}

export function insights(more: Partial<Insights> = {}): Insights {
  return {
    decision_id: 7,
    all: mixRow(),
    by_model: [mixRow({ name: 'large' }), mixRow({ name: 'small' })],
    by_task: [mixRow({ name: 'facts' })],
    by_run: [
      { at: '2026-10-25T10:00:00Z', mix: mixRow({ name: 'one' }) },
      { at: '2026-11-22T10:00:00Z', mix: mixRow({ name: 'two' }) },
    ],
    model_tasks: [modelTask('large', 'facts', { ahead: true }), modelTask('small', 'facts')],
    pace: pace(),
    kinds: kinds(),
    proposals: [],
    corrections: {
      corrections: 3,
      is_all: true,
      median: 12,
      bins: [
        { low: 0, high: 10, corrections: 1 },
        { low: 11, high: 40, corrections: 2 },
        { low: 41, high: null, corrections: 0 },
      ],
    },
    scores: [
      { low: 0, high: 0.1, waiting: 6, unopened: 0, wrong: 2, right: 0, aside: 0 },
      { low: 0.9, high: 1, waiting: 1, unopened: 1, wrong: 0, right: 1, aside: 1 },
      { low: null, high: null, waiting: 4, unopened: 0, wrong: 0, right: 0, aside: 0 },
    ],
    ...more,
  }
}

export function pace(more: Partial<Insights['pace']> = {}): Insights['pace'] {
  return {
    cards: 100,
    decided: 40,
    waiting: 60,
    seconds_per_card: 30,
    per_day: { value: 10, low: 5, high: 15 },
    days_left: { value: 6, low: 4, high: 12 },
    days: [
      { day: '2026-11-18', read: 30, decided: 30 },
      { day: '2026-11-20', read: 10, decided: 10 },
    ],
    ...more,
  }
}

export function kinds(more: Partial<Insights['kinds']> = {}): Insights['kinds'] {
  return {
    shapes: 61,
    shapes_unread: 14,
    without_reason: 0,
    unread: [{ shape: 'a1b2', text: 'timeout after N s', cards: 9, waiting: 8 }],
    sample: 'first',
    reads: 100,
    kinds: 20,
    next_is_new: { value: 0.03, low: 0, high: 0.07 },
    unseen_kinds: 2,
    quiet: 40,
    quiet_limit: 0.072,
    points: [
      { reads: 0, kinds: 0 },
      { reads: 1, kinds: 1 },
      { reads: 60, kinds: 20 },
      { reads: 100, kinds: 20 },
    ],
    ...more,
  }
}

export function overview(more: Partial<Overview> = {}): Overview {
  return {
    next: 'review',
    came_in: {
      runs: 2,
      items: { failed: 100, passed: 60, errored: 1, unscored: 0 },
      last_run: 'two',
      last_at: '2026-11-22T18:38:00Z',
    },
    waiting: { failed: 60, passed: 5, errored: 0, unscored: 0, seconds_per_card: 36 },
    decided: { approved: 30, discarded: 7, model_rejected: 3 },
    ready: { rows: 30, new: 12 },
    training: null,
    last_training: { name: 'tuned', at: '2026-11-16T10:00:00Z', decision_id: 20, rows: 18 },
    since: {
      runs: { then: 1, now: 2 },
      failures_read: { then: 20, now: 40 },
      passes_read: { then: 0, now: 5 },
    },
    runs: [
      {
        run_id: 'two',
        at: '2026-11-22T10:00:00Z',
        items: 100,
        passes: 60,
        failures_read: 30,
        passes_read: 0,
        harness_score: 0.6,
        corrected_score: null,
        at_most: 0.654,
      },
    ],
    faults: {
      check_too_strict: 2,
      check_too_lax: 1,
      reference_wrong: 1,
      question_broken: 0,
      harness_fault: 0,
    },
    alike: { shape: 'a1b2', text: 'timeout after N s', waiting: 9 },
    ...more,
  }
}
