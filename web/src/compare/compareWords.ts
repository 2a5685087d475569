import type { Compared, ComparedItem, Comparison, GateResult, TaskRow } from '@/api/types'
import { hundredths, signed } from '@/words/rates'
import { count, inDigits } from '@/words/text'

export type Kind = ComparedItem['kind']
export type GateVerdict = GateResult['verdict']

export const KIND_WORDS: Readonly<Record<Kind, string>> = {
  fixed: 'fixed',
  broken: 'broken',
  still_right: 'still right',
  still_wrong: 'still wrong',
}
export const GATE_WORDS: Readonly<Record<GateVerdict, string>> = {
  passed: 'Gate passes',
  failed: 'Gate fails',
  cannot_tell: 'Gate cannot tell',
}
/** What `avocet compare --gate` ends with. */
export const GATE_EXITS: Readonly<Record<GateVerdict, number>> = { passed: 0, failed: 3, cannot_tell: 4 }
const METHODS: Readonly<Record<Compared['method'], string>> = {
  mcnemar_newcombe: 'McNemar’s exact test, Newcombe’s interval',
  sign_flips_bootstrap: 'flips of signs over items, bootstrap over items',
}
const SURE = 0.05
const oneDecimal = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 })

/** How many are right: with several epochs a sum of shares. */
export function rightCount(right: number): string {
  return oneDecimal.format(right)
}

/** Whether both the interval and the test say that the sides differ; on few items they may not agree. */
export function isSure({ difference, p_value: p }: Compared): boolean {
  return difference !== null && p !== null && p < SURE && (difference.low > 0 || difference.high < 0)
}

/** What the comparison says, in words that stand without a table; the same as `avocet compare` prints. */
export function headline(compared: Compared): string {
  const { difference: found, items_compared: items } = compared
  if (!items) return 'No item was judged on both sides.'
  const said = `After, ${rightCount(compared.right_after)} of ${inDigits(items)} are right, ${rightCount(compared.right_before)} before`
  if (!found)
    return `${said}. Items that passed on a side are not among them, so that the sides’ scores can’t be compared.`
  if (isSure(compared))
    return `${said}: ${found.low > 0 ? 'better' : 'worse'} by ${hundredths(Math.abs(found.value))} points.`
  return found.value ? `${said}: too small a difference to be sure of.` : `${said}.`
}

/** What the comparison of several sides says. */
export function severalHeadline({ sides, items }: Comparison): string {
  const said = `${inDigits(sides.length)} sides, which differ on`
  return `${said} ${items.length ? count(items.length, 'item') : 'no item'}.`
}

/** Which sides are surely better or worse than the first. */
export function severalFinding({ sides, pairs }: Comparison): string {
  const named = (isBetter: boolean): string[] =>
    pairs
      .filter((pair) => isSure(pair) && (pair.difference?.value ?? 0) > 0 === isBetter)
      .map(({ after }) => after.name)
  const [better, worse] = [named(true), named(false)]
  const said = [
    better.length && `better than ${sides[0]?.name}: ${better.join(', ')}`,
    worse.length && `worse: ${worse.join(', ')}`,
  ].filter(Boolean)
  return said.length ? said.join('; ').replace(/^./, (first) => first.toUpperCase()) : 'No difference is sure'
}

export function flips(compared: Compared): string {
  const unchanged = compared.still_right + compared.still_wrong
  return `${inDigits(compared.fixed)} fixed, ${inDigits(compared.broken)} broken; the other ${inDigits(unchanged)} as they were`
}

/** The heading of the difference: it claims only what the interval carries. */
export function differenceFinding(compared: Compared): string {
  const value = compared.difference?.value ?? 0
  if (!value) return 'No difference'
  const said = `${hundredths(Math.abs(value))} points ${value > 0 ? 'better' : 'worse'}`
  return isSure(compared) ? said : `${said}, but it may be chance`
}

/** How often chance alone would part two equal sides so far: before, the number, after. */
export function chance(compared: Compared): readonly [string, string, string] | null {
  const { p_value: p, fixed, broken } = compared
  if (p === null) return null
  if (!fixed && !broken) return ['No item flipped, so there is nothing that chance could explain.', '', '']
  const many = fixed + broken
  const fall =
    compared.method === 'mcnemar_newcombe'
      ? `${count(many, 'flip')} would fall ${Math.max(fixed, broken)} to ${Math.min(fixed, broken)} or further apart`
      : 'they would differ so much or more'
  const often = p < 0.01 ? 'fewer than 1' : `${Math.round(100 * p)}`
  return [`Were both sides equally good, ${fall} in `, `${often} of 100`, ' comparisons.']
}

export function method(compared: Compared): string {
  const p = compared.p_value ?? 1
  const told = p < 0.0001 ? 'p < 0.0001' : `p = ${Number(p.toPrecision(2))}`
  return `${METHODS[compared.method]}, ${told}`
}

export function between(low: number, high: number): string {
  return `between ${signed(low)} and ${signed(high)}`
}

/** The items that were left out, and why; empty if there are none. */
export function leftOut(compared: Compared): string[] {
  const { set_aside: aside, unjudged, only_before: before, only_after: after } = compared
  return [
    aside && `${count(aside, 'item')} set aside by a reader`,
    unjudged && `${count(unjudged, 'item')} not scored on one side`,
    before && `${count(before, 'item')} only before`,
    after && `${count(after, 'item')} only after`,
  ].filter((said): said is string => Boolean(said))
}

/** Where most was fixed and most broken. */
export function taskFinding(rows: readonly TaskRow[]): string {
  const said = (['fixed', 'broken'] as const).map((kind) => mostOf(rows, kind)).filter(Boolean)
  return said.length ? `Most ${said.join('; most ')}` : 'No task changed'
}

function mostOf(rows: readonly TaskRow[], kind: 'fixed' | 'broken'): string | null {
  const most = Math.max(0, ...rows.map((row) => row[kind]))
  if (!most) return null
  const names = rows.filter((row) => row[kind] === most).map(({ task }) => task || 'no task')
  if (names.length === 1) return `${kind}: ${names[0]}, ${inDigits(most)}`
  return `${kind}: ${names.length === 2 ? names.join(' and ') : count(names.length, 'task')}, ${inDigits(most)} each`
}

/** A side's value on an item: right, wrong, or with several epochs the share that is right. */
export function valueWords(value: number): string {
  if (value === 1) return 'right'
  return value === 0 ? 'wrong' : `${hundredths(value)}\u00a0% right`
}
