export interface Quality {
  level: 'low' | 'medium' | 'high'
  label: string
}

/** The quality of a score; null if the harness gave none. Zero is a score. */
export function quality(score: number | null | undefined): Quality | null {
  if (score === null || score === undefined || Number.isNaN(score)) return null
  const level = score < 0.4 ? 'low' : score < 0.7 ? 'medium' : 'high'
  return { level, label: `${cut(score)} ${level}` }
}

/** Cut to two decimals, not rounded: 0.399 must not read as 0.40 beside the word "low". */
function cut(score: number): string {
  return (Math.floor(score * 100 + 1e-9) / 100).toFixed(2)
}
