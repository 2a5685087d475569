import type { BenchesOverview, BenchSummary, BenchView, TaskFile } from '@/api/types'

type Model = BenchSummary['models'][number]

export function askedModel(name: string, changes: Partial<Model> = {}): Model {
  return {
    model_name: name,
    adapter: null,
    run: null,
    imported: false,
    done: 0,
    total: 20,
    passed: 0,
    failed: 0,
    errored: 0,
    unscored: 0,
    judged: null,
    ...changes,
  }
}

export function bench(name: string, changes: Partial<BenchSummary> = {}): BenchSummary {
  return {
    name,
    state: 'running',
    error: null,
    base: '/models/tiny',
    models: [askedModel('tiny', { done: 10, passed: 6, failed: 3, errored: 1 })],
    done: 10,
    total: 20,
    seconds: 60,
    started_at: '2026-11-22T10:00:00.000000Z',
    finished_at: null,
    tasks: 'sums.jsonl',
    log_bytes: 10,
    ...changes,
  }
}

export function benchView(name: string, changes: Partial<BenchView> = {}): BenchView {
  return {
    ...bench(name),
    folder: `/data/benches/${name}`,
    config: { tasks: `/data/benches/${name}/tasks.jsonl`, base: '/models/tiny', timeout: 120, judge: null },
    errors: [],
    ...changes,
  }
}

export function taskFile(name: string, changes: Partial<TaskFile> = {}): TaskFile {
  return { name, bytes: 2_048, tasks: 20, task_types: ['sums'], references: 5, problem: null, ...changes }
}

export function benchesOverview(changes: Partial<BenchesOverview> = {}): BenchesOverview {
  return {
    missing: null,
    bases: ['/models/tiny'],
    adapters: [],
    task_files: [],
    holds_out: false,
    held_out_items: 0,
    judge_prompt: 'Is it right?\n{question}\n{answer}\n{reference}',
    benches: [],
    ...changes,
  }
}
