import type { SftQueueItem } from '@/api/types'

/** Whether an item's reference is JSON, so that its correction must be, too; a reference of text is corrected by text. */
export function isJsonReference({ reference }: Pick<SftQueueItem, 'reference'>): boolean {
  return typeof (reference ?? '') !== 'string'
}

const STRINGS = /"(?:\\.|[^"\\])*"/g

/** The numbers of a JSON text that a browser would send with other digits. */
export function lossyNumbers(json: string): string[] {
  const numbers = json.replace(STRINGS, '').match(/-?\d[\d.eE+-]*/g) ?? []
  return numbers.filter((one) => Number.isInteger(+one) && !Number.isSafeInteger(+one))
}

/** The typed text as it is sent: null if it is blank, undefined if it should be JSON and is not. */
export function readReference(text: string, isJson: boolean): unknown {
  if (!text.trim()) return null
  if (!isJson) return text
  try {
    return lossyNumbers(text).length ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A corrected reference as it is edited. */
export function referenceText(value: unknown, isJson: boolean): string {
  return typeof value === 'string' && !isJson ? value : JSON.stringify(value, null, 2)
}
