import type { Needs } from '@/api/types'

export interface Meaning {
  name: string
  label: string
  hint: string
}

/** The meanings that a column of a table can have (docs/importers.md, generic), the most needed ones first. */
export const MEANINGS: readonly Meaning[] = [
  { name: 'prompt', label: 'Prompt', hint: 'What the model was asked, as one text' },
  { name: 'messages', label: 'Messages', hint: 'The whole conversation, instead of a prompt' },
  { name: 'response', label: 'Response', hint: 'What the model answered' },
  { name: 'reference', label: 'Reference', hint: 'The answer that was expected' },
  { name: 'score', label: 'Score', hint: 'A number; from where on it is good can then be chosen' },
  { name: 'passed', label: 'Passed', hint: 'Yes or no, instead of a score' },
  { name: 'task', label: 'Task', hint: 'Which task the item belongs to' },
  { name: 'model', label: 'Model', hint: 'Which model answered' },
]
export const MORE_MEANINGS: readonly Meaning[] = [
  { name: 'id', label: 'Item', hint: 'The item’s own number or name' },
  { name: 'system', label: 'System prompt', hint: 'Instructions that stood before the prompt' },
  { name: 'reason', label: 'Failure reason', hint: 'Why the item failed' },
  { name: 'explanation', label: 'Explanation', hint: 'What the scorer said' },
  { name: 'timestamp', label: 'Time', hint: 'When the model answered' },
  { name: 'corrected_response', label: 'Correction', hint: 'A better answer that is there already' },
  { name: 'failure_category', label: 'Failure category', hint: 'One of the six categories' },
]

export type Mapping = Record<string, string>

export interface MappingNeeds {
  columns: readonly string[]
  guess: Mapping
}

export function readMappingNeeds(needs: Needs): MappingNeeds {
  const { columns, guess } = needs as { columns?: unknown; guess?: unknown }
  return {
    columns: Array.isArray(columns) ? columns.map(String) : [],
    guess: typeof guess === 'object' && guess !== null ? (guess as Mapping) : {},
  }
}

/** The mapping with one meaning given a column; none if it is empty. Messages and prompt exclude each other. */
export function withColumn(mapping: Mapping, meaning: string, column: string): Mapping {
  const excluded = meaning === 'messages' ? ['prompt', 'system'] : meaning === 'prompt' ? ['messages'] : []
  const others = Object.entries(mapping).filter(
    ([name]) => name !== meaning && !(column && excluded.includes(name)),
  )
  return Object.fromEntries(column ? [...others, [meaning, column]] : others)
}

/** Whether a table can be read with this mapping: it needs a column for messages, or for prompt and response. */
export function isEnough(mapping: Mapping): boolean {
  return Boolean(mapping['messages'] ?? (mapping['prompt'] && mapping['response']))
}
