import { Change } from '@codemirror/merge'

/** The share of a rewritten passage that must be old for its changes to be shown one by one. */
const ENOUGH_KEPT = 0.45
/** Kept text between two rewritten passages that is no reason to show them apart, such as ". The ". */
const SCRAP = 24
const SENTENCE_END = /[.!?…]["'”’)\]]*\s+|[。！？]|\n+/g

/** Changes that lie in the same sentences. */
interface Passage {
  changes: Change[]
  /** All of its sentences, which begin and end in text that is the same in both. */
  whole: Change
}

/**
 * Show a passage that was written anew as whole sentences, old and new, instead of the letters that they happen to
 * share; smaller changes stay as they are. `before` is the original.
 */
export function wholeSentences(changes: readonly Change[], before: string): Change[] {
  const shown: { changes: readonly Change[]; isWhole: boolean }[] = []
  for (const passage of passages(changes, before)) {
    const isWhole = isRewritten(passage)
    const last = shown.at(-1)
    const [previous] = last?.isWhole ? last.changes : []
    if (isWhole && last && previous && passage.whole.fromA - previous.toA < SCRAP) {
      last.changes = [join(previous, passage.whole)]
    } else {
      shown.push({ changes: isWhole ? [passage.whole] : passage.changes, isWhole })
    }
  }
  return shown.flatMap((one) => one.changes)
}

function isRewritten({ changes, whole }: Passage): boolean {
  if (changes.length < 2) return false
  const kept = whole.toA - whole.fromA - changes.reduce((sum, { fromA, toA }) => sum + toA - fromA, 0)
  return kept < ENOUGH_KEPT * Math.max(whole.toA - whole.fromA, whole.toB - whole.fromB)
}

function passages(changes: readonly Change[], before: string): Passage[] {
  const groups: Change[][] = []
  changes.forEach((change, at) => {
    const previous = changes[at - 1]
    const group = groups.at(-1)
    if (previous && group && !ends(before, previous.toA, change.fromA).length) group.push(change)
    else groups.push([change])
  })
  return groups.map((group, at) => ({
    changes: group,
    whole: extent(group, groups[at - 1], groups[at + 1], before),
  }))
}

/** The sentences of a group: back to the last end in the kept text before it, on to the first end after it. */
function extent(
  group: Change[],
  previous: Change[] | undefined,
  next: Change[] | undefined,
  before: string,
): Change {
  const [first, last] = [group[0], group.at(-1)] as [Change, Change]
  const keptFrom = previous?.at(-1)?.toA ?? 0
  const keptTo = next?.[0]?.fromA ?? before.length
  const start = ends(before, keptFrom, first.fromA).at(-1) ?? keptFrom
  const sentenceEnd = ends(before, last.toA, keptTo)[0] ?? keptTo
  const end = last.toA + before.slice(last.toA, sentenceEnd).trimEnd().length
  return new Change(start, end, first.fromB - (first.fromA - start), last.toB + (end - last.toA))
}

/** Where sentences end within a part of the text. */
function ends(text: string, from: number, to: number): number[] {
  return [...text.slice(from, to).matchAll(SENTENCE_END)].map(
    ({ index, 0: end }) => from + index + end.length,
  )
}

function join(a: Change, b: Change): Change {
  return new Change(a.fromA, b.toA, a.fromB, b.toB)
}
