import type { SftQueueItem } from './api/types'
import { asText } from './text'

export interface Fact {
  name: string
  value: string
}

type Detailed = Pick<SftQueueItem, 'details' | 'harness'>

/** What importers write into `details` that a reviewer may want to know, in the order it is asked for. */
const NAMES: Readonly<Record<string, string>> = {
  dataset: 'Dataset',
  subset: 'Subset',
  epoch: 'Epoch',
  parameters: 'Parameters',
  task_args: 'Task arguments',
  choices: 'Choices',
  criteria: 'Criteria',
  tests: 'Tests',
  stop_reason: 'Stopped because',
  limit: 'Limit reached',
  filter: 'Filter',
}

export function detailsOf({ details }: Pick<SftQueueItem, 'details'>): Readonly<Record<string, unknown>> {
  const isObject = typeof details === 'object' && details !== null && !Array.isArray(details)
  return isObject ? (details as Record<string, unknown>) : {}
}

export function detailFacts(item: Detailed): Fact[] {
  const details = detailsOf(item)
  const version = details['harness_version']
  const harness = [item.harness, typeof version === 'string' ? version : ''].filter(Boolean).join(' ')
  const facts = Object.entries(NAMES)
    .filter(([key]) => isTold(details[key]))
    .map(([key, name]) => ({ name, value: inLine(details[key]) }))
  return harness ? [{ name: 'Harness', value: harness }, ...facts] : facts
}

/** Beside the task's name: which part of it, and which of several tries. */
export function whichOne(item: Detailed): string {
  const { subset, epoch } = detailsOf(item)
  const parts = [typeof subset === 'string' ? subset : '', Number(epoch) > 1 ? `epoch ${String(epoch)}` : '']
  return parts.filter(Boolean).join(' · ')
}

/** The calls of a model that called tools instead of answering, and what it said beside them. */
export function toolCallsOf(
  item: Pick<SftQueueItem, 'details' | 'model_response'>,
): { calls: unknown[]; text: string } | null {
  const { response_type: type, response_text: text } = detailsOf(item)
  if (type !== 'tool_calls') return null
  try {
    const calls: unknown = JSON.parse(item.model_response)
    return Array.isArray(calls) ? { calls, text: typeof text === 'string' ? text : '' } : null
  } catch {
    return null
  }
}

function isTold(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return false
  return typeof value !== 'object' || Object.keys(value).length > 0
}

function inLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return asText(String(value))
  if (Array.isArray(value)) return value.map((one) => inLine(one)).join(', ')
  return Object.entries(value)
    .filter(([, one]) => one !== null)
    .map(([name, one]) => `${name} ${typeof one === 'object' ? JSON.stringify(one) : String(one)}`)
    .join(', ')
}
