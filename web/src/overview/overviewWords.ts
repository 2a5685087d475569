import type { RouteLocationRaw } from 'vue-router'
import type { Outcome, Overview } from '@/api/types'
import { faultLabel } from '@/words/faults'
import { percent, range } from '@/words/rates'
import { allAre, count, duration, inDigits, someAre } from '@/words/text'

type Waiting = Overview['waiting']

export function decided({ decided: by }: Overview): number {
  return (by['approved'] ?? 0) + (by['discarded'] ?? 0) + (by['model_rejected'] ?? 0)
}

/** The first line of the page. */
export function answerOf(overview: Overview): string {
  const { came_in: cameIn, ready, waiting, last_training: last } = overview
  if (!cameIn.runs) return 'The desk is empty: import a run, and its failures become cards.'
  const done = decided(overview)
  const cards = done + waiting.failed
  const read = waiting.failed ? `${someAre(done, cards, 'card')} decided` : `${allAre(cards, 'card')} decided`
  if (!ready.rows) return `${read}; no row is ready to train.`
  const rows = `${count(ready.rows, 'row')} ${ready.rows === 1 ? 'is' : 'are'} ready to train`
  if (!last) return `${read}; ${rows}.`
  return `${read}; ${rows}, ${ready.new ? `${inDigits(ready.new)} of them new` : 'none of them new'}.`
}

export interface NextStep {
  title: string
  why: string
  label: string
  to: RouteLocationRaw
  /** What else may be done instead. */
  other?: { label: string; to: RouteLocationRaw }
}

export function nextStep(overview: Overview): NextStep {
  const { ready, last_training: last, training, waiting, came_in: cameIn } = overview
  const waits = waitingCards(waiting)
  switch (overview.next) {
    case 'train':
      return {
        title: last
          ? `Train again: ${inDigits(ready.new)} of ${count(ready.rows, 'row')} ${ready.new === 1 ? 'is' : 'are'} new since ${last.name}`
          : `Train on what you approved: ${count(ready.rows, 'row')}`,
        why: waits
          ? `${count(waits, 'card still waits', 'cards still wait')}, to be read while it trains.`
          : 'No card waits.',
        label: `Train on ${count(ready.rows, 'row')}`,
        to: '/train',
        other: { label: 'See the rows first', to: '/export' },
      }
    case 'follow':
      return {
        title: `${training} is training`,
        why: waits
          ? `${count(waits, 'card waits', 'cards wait')} in the meantime.`
          : 'No card waits in the meantime.',
        label: 'Follow it',
        to: `/train/${encodeURIComponent(training ?? '')}`,
        ...(waits ? { other: { label: 'Review on', to: reviewPath(overview) } } : {}),
      }
    case 'review':
      return {
        title: `Review ${reviewWords(firstWaiting(waiting))}`,
        why:
          time(overview) ?? 'Each decision makes the scores surer, and a row to train on where you correct.',
        label: 'Review',
        to: reviewPath(overview),
      }
    default:
      return cameIn.runs
        ? {
            title: 'Import the next run',
            why: 'Nothing waits, and every row was trained on. A new run shows what the model fails now.',
            label: 'Go to Runs',
            to: '/runs',
          }
        : {
            title: 'Import a run',
            why: 'Its failures become cards, and what passed is counted. From a terminal: avocet import PATH',
            label: 'Go to Runs',
            to: '/runs',
          }
  }
}

/** The cards of one outcome that wait, and the queue that shows just these. */
export interface Queued {
  outcome: Outcome
  cards: number
  to: RouteLocationRaw
}

/** What waits beside the failures. */
export function otherQueues(waiting: Waiting): Queued[] {
  const outcomes = ['passed', 'errored', 'unscored'] as const
  return outcomes
    .map((outcome) => ({ outcome, cards: waiting[outcome], to: { path: '/', query: { outcome } } }))
    .filter(({ cards }) => cards > 0)
}

/** The failures, or what else waits where none does. */
function firstWaiting(waiting: Waiting): Queued {
  const failed: Queued = { outcome: 'failed', cards: waiting.failed, to: '/' }
  return waiting.failed ? failed : (otherQueues(waiting)[0] ?? failed)
}

export function reviewWords({ outcome, cards }: Pick<Queued, 'outcome' | 'cards'>): string {
  if (outcome === 'failed') return count(cards, 'failure')
  return outcome === 'passed'
    ? count(cards, 'pass', 'passes')
    : `${count(cards, 'card')} that ${UNTOLD[outcome]}`
}

const UNTOLD = { errored: 'errored', unscored: 'got no score' } as const

function waitingCards({ failed, passed, errored, unscored }: Waiting): number {
  return failed + passed + errored + unscored
}

function reviewPath({ waiting }: Overview): RouteLocationRaw {
  return firstWaiting(waiting).to
}

/** How long the cards of the next step take. */
export function time({ waiting }: Overview): string | null {
  const { cards } = firstWaiting(waiting)
  if (waiting.seconds_per_card === null || !cards) return null
  return `${duration(waiting.seconds_per_card * cards)} of reading`
}

export interface ChangeRow {
  name: string
  then: string
  now: string
}

/** What there was when the last training began, and what there is now. */
export function changes({ since, last_training: last, ready }: Overview): ChangeRow[] {
  if (!since) return []
  const row = (name: string, { then, now }: { then: number; now: number }) => ({
    name,
    then: inDigits(then),
    now: inDigits(now),
  })
  return [
    row('Runs', since.runs),
    row('Failures read', since.failures_read),
    row('Passes read', since.passes_read),
    ...(last?.rows == null ? [] : [row('Rows to train on', { then: last.rows, now: ready.rows })]),
  ]
}

type RunLine = Overview['runs'][number]

/** The corrected score of a run: "62.6", "≤ 65.4", or that it cannot be told. */
export function scoreOf({ corrected_score: score, at_most: most }: RunLine): string {
  if (score?.value != null) return percent(score.value)
  return most === null ? 'cannot tell' : `≤ ${percent(most)}`
}

export function spokenScore(run: RunLine): string {
  const { corrected_score: score, at_most: most } = run
  if (score?.value != null && score.low !== null && score.high !== null)
    return `corrected ${percent(score.value)}, ${range(score.low, score.high)}`
  return most === null ? 'the corrected score cannot be told' : `at most ${percent(most)}`
}

/** The title of the runs. */
export function runsFinding(runs: readonly RunLine[]): string {
  const without = runs.filter(({ passes, passes_read: read }) => passes > 0 && !read).length
  if (without === runs.length && runs.length > 1)
    return `No pass was read in any of the ${runs.length} newest runs`
  if (without)
    return runs.length === 1
      ? 'No pass of the run was read'
      : `In ${without} of ${runs.length} runs no pass was read`
  return runs.every(({ corrected_score: score }) => score)
    ? 'Every run has a corrected score'
    : 'The newest runs'
}

export interface AlsoWorth {
  key: 'alike' | 'passes' | 'faults'
  title: string
  why: string
  label: string
  to: RouteLocationRaw
}

/** What else is worth doing, the quickest first. */
export function alsoWorth({ alike, runs, faults, waiting }: Overview): AlsoWorth[] {
  const found: AlsoWorth[] = []
  if (alike)
    found.push({
      key: 'alike',
      title: `Look at ${inDigits(alike.waiting)} cards that fail in the same way`,
      why: alike.text,
      label: 'Open',
      to: { path: '/', query: { shape: alike.shape } },
    })
  const unread = runs.find(({ passes, passes_read: read }) => passes > 0 && !read)
  if (unread)
    found.push({
      key: 'passes',
      title: 'Read some passes',
      why: waiting.passed
        ? `No pass of ${unread.run_id} was read, so its score is an upper limit`
        : `None of ${unread.run_id} has a card: keep some with --keep passed=50`,
      label: 'Scores',
      to: { path: '/scores', query: { run_id: unread.run_id } },
    })
  const [fault, cards] = mostly(faults)
  if (cards)
    found.push({
      key: 'faults',
      title: `Mend the ${MEND[fault]} of ${count(cards, 'card')}`,
      why: `${faultLabel(fault)}: it counts wrongly in every run that asks it`,
      label: 'See them',
      to: { path: '/decided', query: { check_fault: fault } },
    })
  return found
}

/** What can be mended, by the fault that says so. */
const MEND = {
  check_too_strict: 'check',
  check_too_lax: 'check',
  reference_wrong: 'reference',
  question_broken: 'question',
} as const
type Mendable = keyof typeof MEND

/** The fault that most cards name. */
function mostly(faults: Overview['faults']): [Mendable, number] {
  const all = Object.keys(MEND) as Mendable[]
  const [first] = all
    .map((fault): [Mendable, number] => [fault, faults[fault] ?? 0])
    .sort(([, one], [, other]) => other - one)
  return first ?? ['check_too_strict', 0]
}
