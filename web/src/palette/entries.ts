/** Where entries stand in the palette, in this order. */
export const GROUPS = ['Pages', 'Actions', 'Runs', 'Views', 'Filters', 'Cards', 'Documentation'] as const

export type Group = (typeof GROUPS)[number]

/** A thing to open or to do. `to` is an address; without one, `act` does it. */
export interface Entry {
  group: Group
  title: string
  hint?: string
  /** Words that find it beside those of its title and hint. */
  words?: string
  to?: string
  act?: () => void
}

export interface Section {
  group: Group
  entries: Entry[]
}

const MOST_SHOWN = 6

/**
 * The entries that have all the typed words, by group. Those whose title begins with what was typed come first; else
 * the order stays. Pages and actions are all shown, of the other groups at most six.
 */
export function found(entries: readonly Entry[], typed: string): Section[] {
  const wanted = typed.toLowerCase().trim()
  const parts = wanted.split(/\s+/).filter(Boolean)
  const matching = entries
    .map((entry) => ({ entry, rank: rank(entry, wanted, parts) }))
    .filter(({ rank: of }) => of > 0)
    .sort((one, other) => other.rank - one.rank)
    .map(({ entry }) => entry)
  return GROUPS.map((group) => {
    const all = matching.filter((entry) => entry.group === group)
    return { group, entries: group === 'Pages' || group === 'Actions' ? all : all.slice(0, MOST_SHOWN) }
  }).filter(({ entries: some }) => some.length > 0)
}

/** 0 if a word is missing; higher the nearer the title is to what was typed. Without words everything is 1. */
function rank(
  { group, title, hint = '', words = '', act, to }: Entry,
  wanted: string,
  parts: string[],
): number {
  if (!act && !to) return 0
  // cards were found by the server, in whose words they may be written otherwise
  if (group === 'Cards' || !parts.length) return 1
  const name = title.toLowerCase()
  const all = `${group} ${name} ${hint} ${words}`.toLowerCase()
  if (!parts.every((part) => all.includes(part))) return 0
  if (name.startsWith(wanted)) return 3
  return parts.every((part) => name.includes(part)) ? 2 : 1
}
