/** An invisible character, and how it is shown on request. */
export interface Invisible {
  symbol: string
  name: string
}

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
// Matching only where a row of spaces begins keeps the search linear in a text of nothing but spaces.
const ALL = new RegExp(String.raw`(?<! ) +(?=\r?\n|$)|[\t\u200c\u200d]|\r(?!\n)|${UNUSUAL}`, 'g')
const COUNTED_CHARACTERS = 200_000

export function findInvisibles(text: string): { from: number; to: number; shown: Invisible }[] {
  return [...text.matchAll(ALL)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    shown: describe(match[0]),
  }))
}

/** The number of unusual invisible characters, for a hint while they are hidden. */
export function countUnusual(text: string): number {
  return text.slice(0, COUNTED_CHARACTERS).match(new RegExp(UNUSUAL, 'g'))?.length ?? 0
}

function describe(characters: string): Invisible {
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
