import { type RunParts, type Sides, sideOf } from './sides'

/** What stands between the address and a comparison. */
export type Step =
  | { kind: 'no-run' }
  | { kind: 'one-run'; run: string }
  | { kind: 'choose' }
  | { kind: 'same'; side: string }
  | { kind: 'model'; name: 'before' | 'after'; run: string; models: readonly string[] }
  | { kind: 'compare' }

export function stepOf(
  { before, after }: Sides,
  runs: readonly string[],
  parts: Readonly<Record<string, RunParts>>,
): Step {
  if (!runs.length) return { kind: 'no-run' }
  const [only = ''] = runs
  if (before === null || after === null) {
    const isAlone = runs.length === 1 && (parts[only]?.models.length ?? 2) < 2
    return isAlone ? { kind: 'one-run', run: only } : { kind: 'choose' }
  }
  for (const [name, side] of [
    ['before', before],
    ['after', after],
  ] as const) {
    const { runId, model } = sideOf(side, runs)
    const models = parts[runId]?.models ?? []
    if (model === null && models.length > 1) return { kind: 'model', name, run: runId, models }
  }
  return before === after ? { kind: 'same', side: before } : { kind: 'compare' }
}

/** The page's first line where there is no comparison. */
export function stepWords(step: Step): string {
  switch (step.kind) {
    case 'no-run':
      return 'There is no run yet, so there is nothing to compare.'
    case 'one-run':
      return `There is one run, ${step.run}. A comparison needs two.`
    case 'choose':
      return 'Choose two runs, to see item by item what the second fixed and broke.'
    case 'same':
      return `Both sides are ${step.side}. Choose another run for one of them.`
    case 'model':
      return `The run ${step.run} holds several models. Choose one for the side ${step.name}.`
    default:
      return 'Comparing…'
  }
}
