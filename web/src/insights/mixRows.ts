import { sum } from 'd3-array'
import type { Insights, MixRow } from '@/api/types'
import type { Cells } from '@/plot/saving'
import { CATEGORIES, categoryLabel, UNCATEGORISED } from '@/words/categories'
import { hundredths, range, wholePercent } from '@/words/rates'
import { count, inDigits } from '@/words/text'
import type { Scope } from './scope'

/** The categories in the order of the chips everywhere, uncategorised last. */
export const KINDS: readonly string[] = [...CATEGORIES.map(({ value }) => value), UNCATEGORISED]

export function kindLabel(kind: string): string {
  return categoryLabel(kind === UNCATEGORISED ? null : kind)
}

/** A row of the mix with its cards; without a `scope`, no filter can name them. */
export interface NamedMix {
  label: string
  scope: Scope | null
  mix: MixRow
}

export interface MixGroup {
  title: string
  rows: NamedMix[]
}

/** A part of a row's bar. `share` is of all failures where the reads can tell it, else of those that were judged. */
export interface MixPart {
  kind: string
  label: string
  read: number
  share: number
  low: number | null
  high: number | null
}

export function mixParts(row: MixRow): MixPart[] {
  const all = judged(row)
  return KINDS.flatMap((kind) => {
    const one = row.by_category[kind]
    if (!one) return []
    const share = one.value ?? one.read / all
    return [{ kind, label: kindLabel(kind), read: one.read, share, low: one.low, high: one.high }]
  })
}

/** The reads that say right or wrong: not those that are undecided, or whose question was set aside. */
function judged(row: MixRow): number {
  return sum(Object.values(row.by_category), (one) => one.read)
}

/** Whether the reads tell the shares of all failures. */
export function isTold(row: MixRow): boolean {
  return Object.values(row.by_category).some(({ value }) => value !== null)
}

export function unread(row: MixRow): number {
  return row.failed - row.read
}

/** Those that wait: a bulk step may have decided others that nobody opened. */
export function waiting(row: MixRow): number {
  return unread(row) - row.unopened
}

export function mixGroups(insights: Insights, scope: Scope): MixGroup[] {
  const by = (rows: readonly MixRow[], name: 'model_name' | 'task_type', none: string): NamedMix[] =>
    rows.map((mix) => ({
      mix,
      label: mix.name ?? none,
      scope: mix.name === null ? null : { ...scope, [name]: mix.name },
    }))
  const groups = [
    { title: 'Model', rows: by(insights.by_model, 'model_name', 'no model named') },
    { title: 'Task', rows: by(insights.by_task, 'task_type', 'no task named') },
  ]
  return [
    // a single row would only say again what all of them say
    ...groups.filter(({ rows }) => rows.length > 1),
    { title: '', rows: [{ label: 'All', scope, mix: insights.all }] },
  ]
}

export const BASIS: Readonly<Record<MixRow['basis'], string>> = {
  all: 'all read',
  sample: 'random sample',
  other: 'not at random',
  none: 'none read',
}

/** A share as a table has it: "38 % (30 to 47)", or the bare count where nothing more can be told. */
export function shareWords(row: MixRow, kind: string): string {
  const one = row.by_category[kind]
  if (!one) return row.read ? '0 read' : '–'
  if (one.value === null) return `${inDigits(one.read)} read`
  if (one.low === null || one.high === null || one.low === one.high) return wholePercent(one.value)
  return `${wholePercent(one.value)} (${range(one.low, one.high, false)})`
}

/** All numbers of the rows, for a spreadsheet. */
export function mixCells(rows: readonly { group: string; name: string; mix: MixRow }[]): Cells {
  const counts = ['failed', 'read', 'unread', 'opened by nobody', 'set aside', 'undecided', 'basis']
  const shares = KINDS.flatMap((kind) => [`${kind} read`, `${kind} share`, `${kind} low`, `${kind} high`])
  return [
    ['group', 'name', ...counts, ...shares],
    ...rows.map(({ group, name, mix }) => [
      group,
      name,
      mix.failed,
      mix.read,
      unread(mix),
      mix.unopened,
      mix.set_aside,
      mix.undecided,
      mix.basis,
      ...KINDS.flatMap((kind) => {
        const one = mix.by_category[kind]
        return one ? [one.read, one.value, one.low, one.high] : [0, null, null, null]
      }),
    ]),
  ]
}

export interface Difference {
  kind: string
  high: NamedMix
  low: NamedMix
  size: number
}

/**
 * The largest difference between the shares of two rows whose interval leaves out zero, of any category.
 * The limits of a difference follow from those of both shares (Zou and Donner, Statistics in Medicine 27, 2008).
 */
export function surest(rows: readonly NamedMix[]): Difference | null {
  let found: Difference | null = null
  for (const kind of KINDS.slice(0, -1))
    for (const high of rows)
      for (const low of rows) {
        const [one, other] = [told(high.mix, kind), told(low.mix, kind)]
        if (!one || !other || one.value <= other.value) continue
        const size = one.value - other.value
        const arm = Math.hypot(one.value - one.low, other.high - other.value)
        if (size > arm && size > (found?.size ?? 0)) found = { kind, high, low, size }
      }
  return found
}

interface ToldShare {
  value: number
  low: number
  high: number
}

/** A share with its limits. No read of a category that others have is a share of zero only where all was read. */
function told(row: MixRow, kind: string): ToldShare | null {
  const one = row.by_category[kind]
  if (!one) return row.basis === 'all' && isTold(row) ? { value: 0, low: 0, high: 0 } : null
  if (one.value === null || one.low === null || one.high === null) return null
  return { value: one.value, low: one.low, high: one.high }
}

/** The title of the mix: what differs for sure. */
export function mixFinding(groups: readonly MixGroup[]): string {
  const sentences = groups.flatMap(({ rows }) => {
    const one = rows.length > 1 ? surest(rows) : null
    if (!one) return []
    const kind = kindLabel(one.kind).toLowerCase()
    return [`${one.high.label} has ${kind} more often than ${one.low.label}`]
  })
  if (sentences.length) return sentences.join('; ')
  const all = groups.at(-1)?.rows[0]?.mix
  if (!all?.read) return 'No failure was read yet'
  return groups.length > 1 ? 'No difference between models or tasks is sure' : 'Why the answers failed'
}

/** The first line of the page. */
export function answerOf(all: MixRow): string {
  if (!all.failed) return 'There is no failure here.'
  if (!all.read) return `None of ${count(all.failed, 'failure')} was read, so nothing can be said of them.`
  const parts = mixParts(all).filter(({ kind }) => kind !== UNCATEGORISED)
  const top = [...parts].sort((a, b) => b.share - a.share)[0]
  if (!top) return `${count(all.read, 'failure was', 'failures were')} read, and none has a category.`
  const artifact = parts.find(({ kind }) => kind === 'scoring_artifact')
  const of = isTold(all)
    ? 'Of the failures, '
    : `Of the ${count(judged(all), 'failure that was', 'failures that were')} judged, `
  const about = all.basis === 'sample' ? 'about ' : ''
  const main = `${about}${wholePercent(top.share)} are of the kind “${top.label.toLowerCase()}”`
  if (top === artifact || !artifact) return `${of}${main}.`
  return `${of}${main}, and ${wholePercent(artifact.share)} are no failures at all.`
}

/** The change of a share from the first run that tells it to the last. */
export function changeWords(rows: readonly NamedMix[], kind: string): string {
  const shares = rows.flatMap(({ mix }) => mix.by_category[kind]?.value ?? [])
  const [first, last] = [shares[0], shares.at(-1)]
  if (first === undefined || last === undefined) return '–'
  if (shares.length === 1) return wholePercent(last)
  return `${hundredths(first).replace(/[.,]\d$/, '')} → ${wholePercent(last)}`
}

/** The title of the runs: what changed for sure between the first and the last. */
export function runsFinding(rows: readonly NamedMix[]): string {
  const read = rows.filter(({ mix }) => isTold(mix))
  const [first, last] = [read[0], read.at(-1)]
  if (!first || !last || first === last) return 'Two runs that were read at random would show a change'
  const sure = surest([first, last])
  if (!sure) return `From the first to the last of ${read.length} runs, no change is sure`
  const way = sure.high === last ? 'more often' : 'less often'
  return `${kindLabel(sure.kind)}: ${way} in the last run than in the first`
}
