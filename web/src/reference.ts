import { asText } from './text'

/** A harness gives one reference, a list of which any will do, or a value to be written as JSON. */
export function allReferences(reference: unknown): string[] {
  const all = isListOfTexts(reference) ? reference : [reference]
  return all.map(asText).filter((text) => text.trim() !== '')
}

/** What a correction may start from; null when there is nothing to start from. */
export function referenceText(reference: unknown): string | null {
  return allReferences(reference)[0] ?? null
}

function isListOfTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}
