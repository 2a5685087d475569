import type { NextReads, Report, ReportRow } from '@/api/types'

/** A run of 1,000 items: 412 failed, 588 passed, 100 and 50 of them read at random. */
export function reportRow(changes: Partial<ReportRow> = {}): ReportRow {
  return {
    task: null,
    model_name: null,
    strata: 2,
    passes_listed: true,
    items: { failed: 412, passed: 588, errored: 0, unscored: 0 },
    read: { failed: 100, passed: 50 },
    right: { failed: 12, passed: 49 },
    set_aside: { failed: 0, passed: 0 },
    undecided: { failed: 0, passed: 0 },
    basis: { failed: 'sample', passed: 'sample' },
    effective_reads: { failed: 100, passed: 50 },
    rough: false,
    harness_score: { value: 0.588, low: 0.588, high: 0.588 },
    false_fails: { value: 0.12, low: 0.0728, high: 0.1845 },
    false_passes: { value: 0.02, low: 0.0034, high: 0.0867 },
    corrected_score: { value: 0.62568, low: 0.583, high: 0.654 },
    at_most: null,
    at_least: null,
    known_limits: null,
    lenient_score: null,
    undecided_range: null,
    check_errors: {
      fails_right: { value: 0.079, low: 0.05, high: 0.118 },
      passes_wrong: { value: 0.031, low: 0.005, high: 0.126 },
    },
    by_category: {
      scoring_artifact: { read: 12, value: 0.12, low: 0.073, high: 0.184 },
      wrong_answer: { read: 88, value: 0.88, low: 0.816, high: 0.927 },
    },
    by_fault: {
      check_too_strict: 9,
      check_too_lax: 0,
      reference_wrong: 2,
      question_broken: 0,
      harness_fault: 0,
    },
    like_these: null,
    borrowed: null,
    notes: [],
    ...changes,
  }
}

/** As it is before anybody has read anything. */
export function unreadRow(changes: Partial<ReportRow> = {}): ReportRow {
  return reportRow({
    read: { failed: 0, passed: 0 },
    right: { failed: 0, passed: 0 },
    basis: { failed: 'none', passed: 'none' },
    effective_reads: { failed: 0, passed: 0 },
    false_fails: null,
    false_passes: null,
    corrected_score: null,
    check_errors: { fails_right: null, passes_wrong: null },
    by_category: {},
    by_fault: {},
    ...changes,
  })
}

export function report(rows: ReportRow[], changes: Partial<Report> = {}): Report {
  return { run_id: 'run-1', decision_id: 150, group: 'none', rows, judges: [], ...changes }
}

export function nextReads(changes: Partial<NextReads> = {}): NextReads {
  return {
    run_id: 'run-1',
    cards: { failed: 32, passed: 18 },
    steps: [
      {
        sample: null,
        size: null,
        allocation: [
          { outcome: 'failed', cards: 32 },
          { outcome: 'passed', cards: 18 },
        ],
      },
    ],
    width_of: 'corrected_score',
    width_now: 0.071,
    width_after: 0.056,
    needs: null,
    waiting: [],
    notes: [],
    ...changes,
  }
}
