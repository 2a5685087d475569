import { Change } from '@codemirror/merge'

/** A number with its decimals, thousands, or the other parts of a date, a time or a fraction. */
const NUMBER = /\p{Nd}+(?:[.,:/'’\u00A0\u202F]\p{Nd}+)*/gu

/** Widen changes so that none begins or ends inside a number of either text: "14.40" is another number than "8.40". */
export function wholeNumbers(changes: readonly Change[], before: string, after: string): Change[] {
  const [inBefore, inAfter] = [insides(before), insides(after)]
  const found: Change[] = []
  for (const { fromA, toA, fromB, toB } of changes) {
    let [start, end] = [0, 0]
    // What lies beside a change is the same in both texts, so both sides grow alike.
    while (inBefore.has(fromA - start) || inAfter.has(fromB - start)) start += 1
    while (inBefore.has(toA + end) || inAfter.has(toB + end)) end += 1
    const previous = found.at(-1)
    if (previous && previous.toA >= fromA - start) {
      found[found.length - 1] = new Change(previous.fromA, toA + end, previous.fromB, toB + end)
    } else {
      found.push(new Change(fromA - start, toA + end, fromB - start, toB + end))
    }
  }
  return found
}

/** The places between two characters of one number. */
function insides(text: string): ReadonlySet<number> {
  const places = new Set<number>()
  for (const { index, 0: number } of text.matchAll(NUMBER))
    for (let at = index + 1; at < index + number.length; at += 1) places.add(at)
  return places
}
