import type { TrainingsOverview, TrainingSummary, TrainingView } from '@/api/types'

export function training(name: string, changes: Partial<TrainingSummary> = {}): TrainingSummary {
  return {
    name,
    state: 'running',
    base: '/models/tiny',
    method: 'sft',
    recipe: null,
    export_id: null,
    step: 2,
    total_steps: 8,
    seconds: 4,
    seconds_left: 120,
    loss: 1.5,
    eval_loss: null,
    best_eval_loss: null,
    started_at: '2026-11-22T10:00:00.000000Z',
    finished_at: null,
    error: null,
    has_report: false,
    log_bytes: 10,
    ...changes,
  }
}

export function trainingView(name: string, changes: Partial<TrainingView> = {}): TrainingView {
  return {
    ...training(name),
    folder: `/data/trainings/${name}`,
    config: { base: '/models/tiny', epochs: 3, recipe: null, include_category: [] },
    by_category: { wrong_answer: 4, hallucination: 2 },
    used_by_category: { wrong_answer: 4 },
    outcomes: {},
    categories: {},
    checks: null,
    train_rows: null,
    validation_rows: null,
    notes: [],
    device: null,
    points: [
      { step: 1, seconds: 2, tokens: 10, loss: 2 },
      { step: 2, seconds: 4, tokens: 20, loss: 1.5 },
    ],
    ...changes,
  }
}

export function overview(
  trainings: TrainingSummary[] = [],
  changes: Partial<TrainingsOverview> = {},
): TrainingsOverview {
  return { installed: true, missing: null, bases: ['org/tiny'], trainings, ...changes }
}
