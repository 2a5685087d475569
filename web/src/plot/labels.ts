/**
 * Heights for labels that would like to stand at `wanted`, none closer than `gap` to the next, all within `room`.
 * They move as little as they can: those that are too close share the way.
 */
export function apart(
  wanted: readonly number[],
  gap: number,
  [top, bottom]: readonly [number, number],
): number[] {
  const sorted = wanted.map((height, index) => ({ height, index })).sort((a, b) => a.height - b.height)
  const groups: { sum: number; members: number[] }[] = []
  for (const [place, { height, index }] of sorted.entries()) {
    let group = { sum: height - place * gap, members: [index] }
    for (let above = groups.at(-1); above && mean(above) > mean(group); above = groups.at(-1)) {
      group = { sum: above.sum + group.sum, members: [...above.members, ...group.members] }
      groups.pop()
    }
    groups.push(group)
  }
  const last = Math.max(top, bottom - (wanted.length - 1) * gap)
  const found = Array.from(wanted)
  let place = 0
  for (const group of groups)
    for (const index of group.members) {
      found[index] = Math.min(last, Math.max(top, mean(group))) + place * gap
      place += 1
    }
  return found
}

function mean({ sum, members }: { sum: number; members: readonly number[] }): number {
  return sum / members.length
}
