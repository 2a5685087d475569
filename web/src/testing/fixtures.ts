import type { QueuePage, RunInfo, SftQueueItem, Stats } from '@/api/types'

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
    decision_id: null,
    ...changes,
  }
}

export function cards(count: number, from = 1): SftQueueItem[] {
  return Array.from({ length: count }, (_, index) => card(`c${from + index}`))
}

export function queuePage(items: SftQueueItem[], changes: Partial<QueuePage> = {}): QueuePage {
  return { items, total: items.length, page: 1, per_page: 20, search: null, ...changes }
}

export function stats(changes: Partial<Stats> = {}): Stats {
  return {
    total: 3,
    by_status: { needs_review: 3, approved: 0, discarded: 0, model_rejected: 0 },
    by_model: { SmolLM2: 3 },
    by_task_type: { facts: 3 },
    by_category: {},
    by_model_category: {},
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
    harness: null,
    source: null,
    models: [],
    read: 10,
    imported: 7,
    skipped: 1,
    rejected: 2,
    passed: 0,
    errored: 0,
    unscored: 0,
    replaced_characters: 0,
    bytes_read: 100,
    bytes_total: 100,
    remaining: 7,
    ...changes,
  }
}
