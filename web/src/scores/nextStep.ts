import type { NextReads, ReportRow, RunInfo, SampleRequest } from '@/api/types'
import { count, inDigits } from '@/words/text'
import { countOf, readsOf } from './scoreMarks'

/** How many cards are read at one go. */
export const READS = 50
/** How many passes of each task and model become cards, where none did. */
export const KEPT_PASSES = 50
const LONGEST_NAME = 80

/** The page's one action. */
export type NextAction =
  | { kind: 'continue'; sample: string; waiting: number }
  | { kind: 'read'; cards: Readonly<Record<string, number>> }
  | { kind: 'keep'; isListed: boolean }
  | { kind: 'done' }

/**
 * What to do next: first what lets the passes be read where they are missing, then the samples that are begun, then
 * the next cards.
 */
export function nextAction(row: ReportRow, next: NextReads): NextAction {
  const [begun] = next.waiting
  const failedTold = (row.effective_reads['failed'] ?? 0) > 0
  if (next.needs && (failedTold || !next.steps.length) && !begun)
    return { kind: 'keep', isListed: next.needs === 'keep_passes' }
  if (begun) return { kind: 'continue', sample: begun.name, waiting: begun.waiting }
  return next.steps.length ? { kind: 'read', cards: next.cards } : { kind: 'done' }
}

export function actionWords(action: NextAction): string {
  switch (action.kind) {
    case 'continue':
      return `Read on: ${inDigits(action.waiting)} of the sample ${action.waiting === 1 ? 'waits' : 'wait'}`
    case 'read': {
      const { failed = 0, passed = 0 } = action.cards
      if (failed && passed) return `Read ${failed} failed, ${passed} passed`
      return failed ? `Read ${count(failed, 'failure')}` : `Read ${count(passed, 'pass', 'passes')}`
    }
    case 'keep':
      return `Keep ${KEPT_PASSES} passes of each task`
    default:
      return ''
  }
}

/** The title of the pane: how much narrower the bar becomes. */
export function nextFinding(row: ReportRow, next: NextReads, action: NextAction): string {
  if (action.kind === 'done') {
    const isAll = readsOf(row) === countOf(row.items, 'failed') + countOf(row.items, 'passed')
    return isAll ? 'Every answer was read' : 'No card is left to read at random'
  }
  if (action.kind === 'keep') return 'The passes are the half that is missing'
  if (action.kind === 'continue') return 'A sample is begun: read on in its order'
  const { width_now: now, width_after: after } = next
  const there = Object.values(next.cards).reduce((sum, cards) => sum + cards, 0)
  const reads = count(there, 'more read')
  if (after === null) return 'A random sample comes first'
  const isOfFailures = next.width_of === 'false_fails'
  if (now === null)
    return isOfFailures
      ? `${count(there, 'random read')} ${there === 1 ? 'tells' : 'tell'} how many failures were right`
      : `${reads} ${there === 1 ? 'is' : 'are'} enough for an estimate`
  const bar = isOfFailures ? 'the range of the false fails' : 'the bar'
  return `${reads}: ${bar} from ${pointsWide(now)} to ${pointsWide(after)} points`
}

export function pointsWide(width: number): string {
  return (width * 100).toLocaleString(undefined, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
}

/** A sample for cards that belong to none yet; its name is the run's, with a number if that is taken. */
export function newSample(
  runId: string,
  taken: readonly string[],
  allocation: NonNullable<SampleRequest['allocation']>,
): SampleRequest {
  const outcomes = [...new Set(allocation.map(({ outcome }) => outcome))]
  const [only = 'failed'] = outcomes
  return {
    name: freeName(runId, taken),
    filter: { run_id: [runId], outcome: outcomes.length > 1 ? 'any' : only },
    per: [],
    allocation,
  }
}

function freeName(runId: string, taken: readonly string[]): string {
  const base =
    runId
      .replaceAll('/', '-')
      .trim()
      .slice(0, LONGEST_NAME - 5)
      .trim() || 'sample'
  for (let number = 2, name = base; ; number += 1) {
    if (!taken.includes(name)) return name
    name = `${base} ${number}`
  }
}

/** The command that makes cards of passes, for a run that the page cannot read again itself. */
export function keepCommand(run: RunInfo | undefined, folder: string | null): string {
  const isThere = run?.on_disk && run.importable && folder
  const path = isThere ? `${folder}/${run.run_id}` : 'PATH'
  return `avocet import ${/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`} --keep passed=${KEPT_PASSES}`
}
