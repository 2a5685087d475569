/** A side of a comparison: a run, or one model of a run that holds several. */
export interface Side {
  runId: string
  /** Null where the address names none; the empty string is a model that the files do not name. */
  model: string | null
}

/** What a run holds. */
export interface RunParts {
  tasks: readonly string[]
  models: readonly string[]
}

export interface Sides {
  before: string | null
  after: string | null
}

/** The run and the model that `RUN` or `RUN:MODEL` names; both may hold colons, so the known runs decide. */
export function sideOf(name: string, runs: readonly string[]): Side {
  if (runs.includes(name)) return { runId: name, model: null }
  for (let at = name.indexOf(':'); at >= 0; at = name.indexOf(':', at + 1))
    if (runs.includes(name.slice(0, at))) return { runId: name.slice(0, at), model: name.slice(at + 1) }
  return { runId: name, model: null }
}

export function sideName(runId: string, model: string): string {
  return `${runId}:${model}`
}

export function modelLabel(model: string): string {
  return model || 'model without a name'
}

/**
 * Two sides that can be compared, beside those that are chosen: the newest runs that share a task, the older one
 * before; else two models of a run. Null if there are none. `runs` are the newest first.
 */
export function suggested(
  runs: readonly string[],
  parts: Readonly<Record<string, RunParts>>,
  chosen: Sides,
): { before: string; after: string } | null {
  const shares = (one: string, other: string): boolean =>
    one !== other && (parts[one]?.tasks ?? []).some((task) => parts[other]?.tasks.includes(task))
  const runOf = (side: string): string => sideOf(side, runs).runId
  const { before, after } = chosen
  if (after) {
    const at = runs.indexOf(runOf(after))
    const found = [...runs.slice(at + 1), ...runs.slice(0, Math.max(0, at))].find((run) =>
      shares(run, runOf(after)),
    )
    if (found) return { before: found, after }
  } else if (before) {
    const found = runs.find((run) => shares(run, runOf(before)))
    if (found) return { before, after: found }
  } else {
    for (const [at, newer] of runs.entries()) {
      const older = runs.slice(at + 1).find((run) => shares(run, newer))
      if (older) return { before: older, after: newer }
    }
  }
  return ownModels(runs, parts, chosen)
}

function ownModels(
  runs: readonly string[],
  parts: Readonly<Record<string, RunParts>>,
  { before, after }: Sides,
): { before: string; after: string } | null {
  const wanted = before ?? after
  const candidates = wanted ? [sideOf(wanted, runs).runId] : runs
  const run = candidates.find((one) => (parts[one]?.models.length ?? 0) > 1)
  const [first, second] = run ? (parts[run]?.models ?? []) : []
  if (!run || first === undefined || second === undefined) return null
  return { before: sideName(run, first), after: sideName(run, second) }
}
