import { count } from '@/words/text'

export interface Suggestion {
  format: string
  /** What the desk has, and so where to start. */
  words: string
}

/**
 * Where to start if no trainer is named, by the decisions that stand: one text to learn from is enough for most, and
 * good answers beside bad ones, but without a correction, make no pairs. Null if there is nothing to learn from.
 */
export function suggestedFormat(decided: Readonly<Record<string, number>>): Suggestion | null {
  const { correct = 0, accept = 0, flag = 0 } = decided
  const format = !correct && flag ? 'trl-kto' : 'trl-sft'
  const good = correct ? count(correct, 'correction') : accept && count(accept, 'accepted answer')
  if (!good) return null
  const bad = format === 'trl-kto' ? ` and ${count(flag, 'flagged one')}` : ''
  return { format, words: `You have ${good}${bad}, and no trainer named: start with ${format}.` }
}
