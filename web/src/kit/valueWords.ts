/** The values that a filter takes, in words: "a", "a, b", "a and 3 more"; those it leaves out after "not". */
export function valueWords(values: readonly string[], not: boolean): string {
  const [first = '', ...more] = values
  const words = more.length > 1 ? `${first} and ${more.length} more` : values.join(', ')
  return not ? `not ${words}` : words
}

/** What a pill says of a filter that takes some values and leaves out others. */
export function pillWords(
  given: readonly string[] | null,
  leftOut: readonly string[] | null,
  label: (value: string) => string,
): string {
  return [
    given ? valueWords(given.map(label), false) : '',
    leftOut ? valueWords(leftOut.map(label), true) : '',
  ]
    .filter(Boolean)
    .join('; ')
}
