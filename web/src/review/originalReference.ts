import type { SftQueueItem } from '@/api/types'
import { lossyNumbers } from './correctedReference'

/** The reference as a correction of it starts: its own text, or its JSON with every digit. */
export function originalReference({ reference, texts }: Pick<SftQueueItem, 'reference' | 'texts'>): string {
  if (typeof reference === 'string') return reference
  const isList = Array.isArray(reference) && reference.every((one) => typeof one === 'string')
  return isList ? JSON.stringify(reference, null, 2) : (texts.references[0] ?? '')
}

/** Why a text is not the JSON that it should be, and what to do; null if it is. */
export function jsonProblem(text: string): string | null {
  try {
    JSON.parse(text)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    return `This reference is JSON, and what you typed is not: ${why}. Mend it, or put a text in quotes.`
  }
  const [first] = lossyNumbers(text)
  return first ? `A browser can’t send all digits of ${first}: put it in quotes, as a text.` : null
}
