/**
 * Heights for labels that should stand near `wanted`, at least `gap` apart and within `room`, all in pixels.
 * Each moves as little as possible: labels that are too close move by the same distance.
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
