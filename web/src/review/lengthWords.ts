/** The filter by length in words: "10 to 200", "from 10"; null if there is none. */
export function lengthWords(of: { min_length: number | null; max_length: number | null }): string | null {
  const { min_length: min, max_length: max } = of
  if (min === null && max === null) return null
  const [from, to] = [min, max].map((end) => end?.toLocaleString())
  if (max === null) return `from ${from}`
  return min === null ? `up to ${to}` : `${from} to ${to}`
}
