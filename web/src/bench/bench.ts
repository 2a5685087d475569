import type { BenchRequest, BenchSummary, JobState } from '@/api/types'
import { canResume } from '@/train/jobStates'
import { count, duration, inDigits } from '@/words/text'
import { type CardsAsked, tasksOf } from './benchTasks'

export type TasksKind = BenchRequest['tasks']['kind']
export type Part = 'all' | 'held-out' | 'rest'
export type AskedModel = BenchSummary['models'][number]

export type NumberName =
  'limit' | 'max_new_tokens' | 'temperature' | 'seed' | 'concurrency' | 'timeout' | 'keep'

interface NumberField {
  name: NumberName
  label: string
  hint: string
  /** What is used where nothing is typed. */
  usual: string
  min: number
  step: number | 'any'
}

/** The numbers that most people leave as they are. */
export const NUMBERS: readonly NumberField[] = [
  {
    name: 'limit',
    label: 'Tasks at most',
    hint: 'the first ones of each type',
    usual: 'all',
    min: 1,
    step: 1,
  },
  { name: 'max_new_tokens', label: 'Longest answer', hint: 'in tokens', usual: '512', min: 1, step: 1 },
  {
    name: 'temperature',
    label: 'Temperature',
    hint: '0 is the likeliest answer',
    usual: '0',
    min: 0,
    step: 'any',
  },
  { name: 'seed', label: 'Seed', hint: 'for a temperature above 0', usual: 'none', min: 0, step: 1 },
  { name: 'timeout', label: 'Patience', hint: 'seconds for one answer', usual: '120', min: 1, step: 'any' },
  {
    name: 'keep',
    label: 'Passes kept as cards',
    hint: 'for each type and model, at random',
    usual: '0',
    min: 0,
    step: 1,
  },
]

export interface JudgeWish {
  url: string
  model: string
  key: string
  prompt: string
}

/** The contents of the form; numbers stay as they were typed, so that nothing typed is lost. */
export interface BenchWish {
  kind: TasksKind
  file: string
  part: Part
  cards: CardsAsked | null
  base: string
  model: string
  /** The name of the variable that holds the endpoint's key. */
  key: string
  askBase: boolean
  adapters: string[]
  name: string
  system: string
  numbers: Partial<Record<NumberName, string>>
  judge: JudgeWish
}

export const NO_BENCH_WISH: BenchWish = {
  kind: 'file',
  file: '',
  part: 'all',
  cards: null,
  base: '',
  model: '',
  key: '',
  askBase: true,
  adapters: [],
  name: '',
  system: '',
  numbers: {},
  judge: { url: '', model: '', key: '', prompt: '' },
}

export function isEndpoint(base: string): boolean {
  return /^https?:\/\//i.test(base.trim())
}

/** The adapters that will be asked: an endpoint has none. */
export function adaptersAsked({ base, adapters }: BenchWish): string[] {
  return isEndpoint(base) ? [] : adapters
}

/** Whether the base itself is asked: an endpoint always is. */
export function asksBase({ base, askBase }: BenchWish): boolean {
  return askBase || isEndpoint(base)
}

export function modelsAsked(wish: BenchWish): number {
  return adaptersAsked(wish).length + (asksBase(wish) ? 1 : 0)
}

/** The body that starts a bench; null while there is nothing to ask. */
export function requestOf(wish: BenchWish, parallel: boolean): BenchRequest | null {
  const tasks = tasksOf(wish)
  if (!tasks) return null
  const { url, model, key, prompt } = trimmed(wish.judge)
  const endpoint = isEndpoint(wish.base)
  const said = {
    ...(wish.name.trim() ? { name: wish.name.trim() } : {}),
    ...(endpoint && wish.model.trim() ? { model: wish.model.trim() } : {}),
    ...(endpoint && wish.key.trim() ? { api_key_env: wish.key.trim() } : {}),
    ...(wish.system.trim() ? { system: wish.system } : {}),
  }
  const judge = { url, model, ...(key ? { api_key_env: key } : {}), ...(prompt ? { prompt } : {}) }
  return {
    tasks,
    base: wish.base.trim(),
    ask_base: asksBase(wish),
    adapters: adaptersAsked(wish),
    ...said,
    ...numbersOf(wish),
    ...(url ? { judge } : {}),
    parallel,
  } as BenchRequest
}

export function numbersOf({ numbers }: BenchWish): Partial<Record<NumberName, number>> {
  const written = Object.entries(numbers).flatMap(([name, typed]) => {
    const text = typed.trim()
    return text && Number.isFinite(Number(text)) ? [[name, Number(text)] as const] : []
  })
  return Object.fromEntries(written)
}

function trimmed(judge: JudgeWish): JudgeWish {
  const parts = Object.entries(judge).map(([name, text]: [string, string]) => [name, text.trim()])
  return Object.fromEntries(parts) as JudgeWish
}

/** How many of those that the check judged did pass; null before any was. */
export function share({ passed, failed }: AskedModel): number | null {
  return passed + failed ? passed / (passed + failed) : null
}

export function doneOf({ done, total }: { done: number; total: number }): string {
  return total ? `${inDigits(done)} of ${inDigits(total)}` : inDigits(done)
}

const ENDED: Partial<Record<JobState, string>> = {
  stopping: 'The answers under way are still kept, then it ends',
  interrupted: 'Its process is gone',
  stopped: 'Stopped',
  failed: 'Failed',
}

/** The state of a bench in one line. */
export function standing(bench: BenchSummary): string {
  const { state, total } = bench
  if (!total && (state === 'starting' || state === 'running'))
    return 'The tasks and the model are being loaded.'
  if (state === 'done') return doneWords(bench)
  const at = `${doneOf(bench)} asked`
  const how = ENDED[state]
  if (state === 'stopping') return `${how}: ${at}.`
  if (how) return `${how} at ${at}. Resume asks what is missing.`
  return `${at}${leftOf(bench)}.`
}

function doneWords({ total, models, seconds }: BenchSummary): string {
  const errored = models.reduce((sum, model) => sum + model.errored, 0)
  const each = models.length > 1 ? ' each' : ''
  const asked = `${count(models.length, 'model was', 'models were')} asked ${count(total / models.length, 'task')}${each}`
  return `${asked} in ${duration(seconds)}${errored ? `; ${inDigits(errored)} errored` : ''}.`
}

/** Whether it can go on; one that is done asks again what errored. */
export function canGoOn(bench: BenchSummary): boolean {
  return canResume(bench) || (bench.state === 'done' && bench.models.some(({ errored }) => errored > 0))
}

/** The time that is left at the pace so far, once it can be told. */
function leftOf({ done, total, seconds }: BenchSummary): string {
  if (done < 3 || done >= total || !seconds) return ''
  return `, about ${duration((seconds / done) * (total - done))} left`
}
