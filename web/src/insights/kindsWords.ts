import type { Insights } from '@/api/types'
import type { Cells } from '@/plot/saving'
import { wholePercent } from '@/words/rates'
import { count, inDigits } from '@/words/text'

type Kinds = Insights['kinds']

export function kindsFinding(kinds: Kinds): string {
  const { next_is_new: next } = kinds
  if (next?.value != null) {
    if (!next.value) return 'Every kind that was read was seen at least twice'
    return `The next random card brings a new kind: ${wholePercent(next.value)}`
  }
  return kinds.shapes ? shapesWords(kinds) : 'No failure gives a reason'
}

/** "14 of 61 shapes have no read card". */
export function shapesWords({ shapes, shapes_unread: unread }: Kinds): string {
  if (!unread)
    return `${shapes === 1 ? 'The only shape of reasons has' : `All ${count(shapes, 'shape')} of reasons have`} a read card`
  return `${inDigits(unread)} of ${count(shapes, 'shape')} ${unread === 1 ? 'has' : 'have'} no read card`
}

export function kindsNote(kinds: Kinds): string {
  const { next_is_new: next, quiet, quiet_limit: limit, sample } = kinds
  if (next?.value == null || next.high === null)
    return 'Read a random sample in its order: then the chance that the next card shows something new can be told.'
  const sentences = [
    `At most ${wholePercent(next.high)}, by ${count(kinds.reads, 'random read')} of “${sample}”.`,
  ]
  if (quiet && limit !== null) sentences.push(`No new kind in the last ${count(quiet, 'read')}.`)
  sentences.push(`${shapesWords(kinds)}.`)
  return sentences.join(' ')
}

export function kindsCells(kinds: Kinds): Cells {
  return [['random reads', 'kinds seen'], ...kinds.points.map(({ reads, kinds: seen }) => [reads, seen])]
}
