/** An invisible character, and how it is shown on request. */
export interface Invisible {
  symbol: string
  name: string
}

/**
 * Direction controls that are shown must not take effect, so that the text is seen in the order in which it was
 * written.
 */
export const DIRECTION_CONTROL = /^[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]$/

const NAMES: Readonly<Record<string, [symbol: string, name: string]>> = {
  '\t': ['→', 'Tab'],
  '\r': ['CR', 'Carriage return'],
  '\u0085': ['NEL', 'Next line'],
  '\u00a0': ['⍽', 'No-break space'],
  '\u00ad': ['SHY', 'Soft hyphen'],
  '\u061c': ['ALM', 'Arabic letter mark'],
  '\u200b': ['ZWSP', 'Zero-width space'],
  '\u200c': ['ZWNJ', 'Zero-width non-joiner'],
  '\u200d': ['ZWJ', 'Zero-width joiner'],
  '\u200e': ['LRM', 'Left-to-right mark'],
  '\u200f': ['RLM', 'Right-to-left mark'],
  '\u2028': ['LSEP', 'Line separator'],
  '\u2029': ['PSEP', 'Paragraph separator'],
  '\u202a': ['LRE', 'Left-to-right embedding'],
  '\u202b': ['RLE', 'Right-to-left embedding'],
  '\u202c': ['PDF', 'End of directional formatting'],
  '\u202d': ['LRO', 'Left-to-right override'],
  '\u202e': ['RLO', 'Right-to-left override'],
  '\u202f': ['NNBSP', 'Narrow no-break space'],
  '\u2060': ['WJ', 'Word joiner'],
  '\u2066': ['LRI', 'Left-to-right isolate'],
  '\u2067': ['RLI', 'Right-to-left isolate'],
  '\u2068': ['FSI', 'First strong isolate'],
  '\u2069': ['PDI', 'End of isolate'],
  '\u3000': ['□', 'Ideographic space'],
  '\ufeff': ['BOM', 'Byte order mark'],
}

/** Characters that nobody writes on purpose in an answer, unlike joiners and tabs. */
const UNUSUAL = String.raw`[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u00a0\u00ad\u061c\u1680\u2000-\u200b\u200e\u200f\u2028-\u202f\u205f-\u2064\u2066-\u2069\u3000\ufeff]`
/**
 * What would act instead of being read: terminal sequences, other control characters, and signs that reorder the text
 * after them. They are always shown. Joiners and single direction marks are part of many languages and are not.
 */
const ACTING = String.raw`\u001b(?:\[[0-?]*[ -/]*[@-~])?|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]`
const ACTS = new RegExp(ACTING)
// Matching only where a row of spaces begins keeps the search linear in a text of nothing but spaces.
const ALL = new RegExp(String.raw`${ACTING}|(?<! ) +(?=\r?\n|$)|[\t\u200c\u200d]|\r(?!\n)|${UNUSUAL}`, 'g')
const COUNTED_CHARACTERS = 200_000

export function hasActing(text: string): boolean {
  return ACTS.test(text)
}

/** The characters to show: those that act, and on request all others too. */
export function findInvisibles(
  text: string,
  onRequest: boolean,
): { from: number; to: number; shown: Invisible }[] {
  return [...text.matchAll(onRequest ? ALL : new RegExp(ACTING, 'g'))].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    shown: describe(match[0]),
  }))
}

/** The number of unusual invisible characters, for a hint while they are hidden. */
export function countUnusual(text: string): number {
  return text.slice(0, COUNTED_CHARACTERS).match(new RegExp(UNUSUAL, 'g'))?.length ?? 0
}

/** How an invisible character, a row of spaces or a terminal sequence is shown. */
export function describe(characters: string): Invisible {
  if (characters.startsWith('\u001b')) {
    const sequence = characters.slice(1)
    return { symbol: `ESC${sequence}`, name: sequence ? 'Terminal sequence' : 'Escape (U+001B)' }
  }
  if (characters.startsWith(' ')) {
    const { length } = characters
    return {
      symbol: '·'.repeat(length),
      name: length === 1 ? 'Space at the line end' : `${length} spaces at the line end`,
    }
  }
  const code = `U+${characters.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
  const [symbol, name] = NAMES[characters] ?? [code, 'Invisible character']
  return { symbol, name: `${name} (${code})` }
}
