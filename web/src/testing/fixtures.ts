import type {
  CardTexts,
  DecidedItem,
  DecidedPage,
  DeskNews,
  DeskState,
  HistoryEntry,
  ImportReport,
  Job,
  QueuePage,
  RunInfo,
  RunPreview,
  SftQueueItem,
  Stats,
  UndoResult,
} from '@/api/types'

export function card(id: string, changes: Partial<SftQueueItem> = {}): SftQueueItem {
  return {
    id,
    run_id: 'run-1',
    source: 'benchmark',
    benchmark_run_id: null,
    timestamp: '2026-11-22T16:39:35Z',
    status: 'needs_review',
    prompt_messages: [{ role: 'user', content: `Question ${id}` }],
    model_response: `Answer ${id}`,
    corrected_response: null,
    quality_score: 0.33,
    failure_reason: null,
    task_id: null,
    task_type: 'facts',
    task_name: `Card ${id}`,
    model_id: null,
    model_name: 'SmolLM2',
    node_id: null,
    gpu_id: null,
    tokens_per_sec: null,
    failure_category: null,
    note: null,
    harness: null,
    item_id: null,
    reference: null,
    scores: null,
    explanation: null,
    extracted_answer: null,
    reasoning: null,
    tools: null,
    details: null,
    outcome: 'failed',
    check: null,
    check_fault: null,
    corrected_reference: null,
    tags: [],
    must: [],
    must_not: [],
    reason_shape: null,
    source_file: null,
    source_line: null,
    decision_id: null,
    likeness: null,
    proposal: null,
    is_withheld: false,
    texts: texts(changes),
    ...changes,
  }
}

/** A card's texts, as the server lists them. */
function texts({ reference, scores }: Partial<SftQueueItem>): CardTexts {
  const references = (Array.isArray(reference) ? reference : [reference ?? '']).map((one) =>
    typeof one === 'string' ? one : JSON.stringify(one, null, 2),
  )
  return {
    references: references.filter(Boolean),
    scores: Object.entries(scores ?? {}).map(([name, value]) => ({ name, value: String(value) })),
    facts: [],
    tools: null,
    turn_calls: [],
    response_calls: null,
  }
}

export function cards(count: number, from = 1): SftQueueItem[] {
  return Array.from({ length: count }, (_, index) => card(`c${from + index}`))
}

export function queuePage(items: SftQueueItem[], changes: Partial<QueuePage> = {}): QueuePage {
  return { items, total: items.length, page: 1, per_page: 20, search: null, reasons: [], ...changes }
}

export function stats(changes: Partial<Stats> = {}): Stats {
  return {
    total: 3,
    by_status: { needs_review: 3, approved: 0, discarded: 0, model_rejected: 0 },
    by_model: { SmolLM2: 3 },
    by_task_type: { facts: 3 },
    by_category: {},
    by_model_category: {},
    by_fault: {},
    export_ready: 0,
    ...changes,
  }
}

export function run(run_id: string, changes: Partial<RunInfo> = {}): RunInfo {
  return {
    run_id,
    timestamp: '2026-11-22T16:39:35Z',
    candidate_count: 10,
    already_imported: true,
    state: 'imported',
    on_disk: true,
    importable: true,
    uploaded: false,
    harness: null,
    harness_version: null,
    source: null,
    models: [],
    read: 10,
    imported: 7,
    skipped: 1,
    rejected: 2,
    passed: 0,
    errored: 0,
    unscored: 0,
    kept: 0,
    replaced_characters: 0,
    bytes_read: 100,
    bytes_total: 100,
    remaining: 7,
    hidden: 0,
    files: [],
    options: {},
    notes: {},
    totals: [],
    ...changes,
  }
}

export const config = {
  bench_results_dir: '/bench',
  source: 'stored',
  state: 'ok',
  reviewer: 'ada',
  usual_reviewer: 'ada',
  takes_name: true,
  version: '1',
} as const

export function decision(decision_id: number, changes: Partial<DecidedItem> = {}): DecidedItem {
  const id = changes.id ?? `c${decision_id}`
  return {
    decision_id,
    action: 'discard',
    status: 'discarded',
    failure_category: null,
    corrected_response: null,
    note: null,
    check_fault: null,
    corrected_reference: null,
    tags: [],
    must: [],
    must_not: [],
    reviewer: 'ada',
    at: '2026-11-22T16:39:35Z',
    replaces: null,
    batch_id: null,
    id,
    task_id: null,
    task_name: `Card ${id}`,
    task_type: 'facts',
    item_id: null,
    model_name: 'SmolLM2',
    model_response: `Answer ${id}`,
    quality_score: 0.33,
    outcome: 'failed',
    run_id: 'run-1',
    batch_count: null,
    batch_first: null,
    shortened: {},
    ...changes,
  }
}

export function decidedPage(items: DecidedItem[], changes: Partial<DecidedPage> = {}): DecidedPage {
  return {
    items,
    total: items.length,
    page: 1,
    per_page: 50,
    reviewers: ['ada', 'anna'],
    search: null,
    ...changes,
  }
}

export function entry(decision_id: number, changes: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    decision_id,
    action: 'discard',
    status_after: 'discarded',
    failure_category: null,
    corrected_response: null,
    note: null,
    check_fault: null,
    corrected_reference: null,
    tags: [],
    must: [],
    must_not: [],
    proposed: null,
    reviewer: 'ada',
    at: '2026-11-22T16:39:35Z',
    replaces: null,
    undone: false,
    shortened: {},
    ...changes,
  }
}

/** What an undone decision said. */
export function undoneVerdict(changes: Partial<UndoResult['undone']> = {}): UndoResult['undone'] {
  return {
    action: 'discard',
    corrected_response: null,
    failure_category: null,
    note: null,
    check_fault: null,
    corrected_reference: null,
    tags: [],
    must: [],
    must_not: [],
    ...changes,
  }
}

export function desk(changes: Partial<DeskState> = {}): DeskState {
  return {
    decision_id: 0,
    total: 3,
    by_status: { needs_review: 3, approved: 0, discarded: 0, model_rejected: 0 },
    decisions: [],
    more: false,
    imports: [],
    search: { indexed: 3, total: 3 },
    jobs: [],
    new_runs: 0,
    ...changes,
  }
}

export function news(decision_id: number, id: string, changes: Partial<DeskNews> = {}): DeskNews {
  return {
    decision_id,
    id,
    action: 'discard',
    status: 'discarded',
    reviewer: 'anna',
    batch_id: null,
    ...changes,
  }
}

export function job(changes: Partial<Job> = {}): Job {
  return {
    job_id: 'j1',
    kind: 'import',
    name: 'nightly',
    upload_id: null,
    state: 'done',
    counts: null,
    bytes_read: 100,
    bytes_total: 100,
    error: null,
    started_at: '2026-11-22T16:39:35Z',
    finished_at: '2026-11-22T16:39:36Z',
    ...changes,
  }
}

export function importReport(changes: Partial<ImportReport> = {}): ImportReport {
  return {
    run_id: 'nightly',
    read: 10,
    imported: 3,
    skipped: 1,
    rejected: 1,
    passed: 4,
    errored: 1,
    unscored: 0,
    kept: 0,
    replaced_characters: 0,
    info: {
      harness: 'lm-eval',
      harness_version: '0.4.9',
      run_id: null,
      timestamp: null,
      models: ['SmolLM2'],
      metrics: [
        { name: 'exact_match', higher_is_better: true, threshold: 1 },
        { name: 'edit_distance', higher_is_better: false, threshold: 3 },
      ],
      metric: 'exact_match',
      threshold: 1,
      prompt_fields: ['doc.question'],
      columns: [],
    },
    totals: [{ model_name: 'SmolLM2', task_type: 'facts', failed: 4, passed: 4, errored: 1, unscored: 0 }],
    notes: { 'The prompt was kept as one turn.': 3 },
    ...changes,
  }
}

export function preview(changes: Partial<RunPreview> = {}): RunPreview {
  return { report: importReport(), cards: cards(2), rejected_lines: [], needs: null, ...changes }
}
