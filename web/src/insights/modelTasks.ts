import type { ModelTask } from '@/api/types'
import type { Cells } from '@/plot/saving'
import { count } from '@/words/text'

export interface TaskGrid {
  models: (string | null)[]
  tasks: (string | null)[]
  at: (model: string | null, task: string | null) => ModelTask | undefined
}

export function taskGrid(cells: readonly ModelTask[]): TaskGrid {
  const found = new Map(cells.map((cell) => [key(cell.model_name, cell.task_type), cell]))
  return {
    models: [...new Set(cells.map(({ model_name }) => model_name))],
    tasks: [...new Set(cells.map(({ task_type }) => task_type))],
    at: (model, task) => found.get(key(model, task)),
  }
}

function key(model: string | null, task: string | null): string {
  return JSON.stringify([model, task])
}

/** The title: who is ahead, in how many tasks, and only where that is sure. */
export function aheadFinding(cells: readonly ModelTask[]): string {
  const { models, tasks } = taskGrid(cells)
  const ahead = cells.filter((cell) => cell.ahead)
  const of = count(tasks.length, 'task')
  if (!cells.some(({ corrected_score: score }) => score)) return 'Scores of single tasks cannot be told yet'
  if (models.length < 2) return `The corrected scores of ${of}`
  if (!ahead.length) return `No model is surely ahead in any of ${of}`
  const [first] = ahead
  const same = ahead.every(({ model_name }) => model_name === first?.model_name)
  if (same && tasks.length === 1) return `${first?.model_name ?? 'One'} is ahead`
  if (same) return `${first?.model_name ?? 'One'} is ahead in ${ahead.length} of ${of}`
  return `In ${ahead.length} of ${of} a model is ahead`
}

export function taskCells(cells: readonly ModelTask[]): Cells {
  return [
    [
      'model',
      'task',
      'failed',
      'passed',
      'failed read',
      'passed read',
      'harness',
      'corrected',
      'low',
      'high',
      'ahead',
    ],
    ...cells.map((cell) => [
      cell.model_name,
      cell.task_type,
      cell.items['failed'] ?? 0,
      cell.items['passed'] ?? 0,
      cell.read['failed'] ?? 0,
      cell.read['passed'] ?? 0,
      cell.harness_score,
      cell.corrected_score?.value ?? null,
      cell.corrected_score?.low ?? null,
      cell.corrected_score?.high ?? null,
      cell.ahead ? 'ahead' : null,
    ]),
  ]
}
