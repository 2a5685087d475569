/** The most characters of a tag, and the most tags on one decision. */
export const LONGEST_TAG = 40
export const MOST_TAGS = 20

/** A tag as the desk keeps it: single spaces, and no `#` before it. */
export function asTag(typed: string): string {
  const clean = typed
    .normalize('NFC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/^[#\s]+/, '')
  return [...clean].slice(0, LONGEST_TAG).join('').trim()
}

/** Whether two spellings are one tag. */
export function isSameTag(one: string, other: string): boolean {
  return asTag(one).toLowerCase() === asTag(other).toLowerCase()
}

/** The tags with those that were typed, which commas separate; none stands twice. */
export function withTags(tags: readonly string[], typed: string): string[] {
  const all = [...tags]
  for (const tag of typed.split(',').map(asTag))
    if (tag && all.length < MOST_TAGS && !all.some((one) => isSameTag(one, tag))) all.push(tag)
  return all
}

/** Decided cards with this tag. */
export function taggedCards(tag: string) {
  return { path: '/decided', query: { tag } }
}
