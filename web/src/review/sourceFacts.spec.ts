import { expect, it } from 'vitest'
import type { SftQueueItem } from '@/api/types'
import { card } from '@/testing/fixtures'
import { sourceFacts } from './sourceFacts'

it('says where a card comes from, and leaves out what is not known', () => {
  const item = card('lm-eval-1', {
    run_id: 'gsm',
    benchmark_run_id: '2026-11-22',
    harness: 'lm-eval',
    item_id: '17',
    task_type: 'gsm8k',
    model_id: 'SmolLM2',
    timestamp: null,
    scores: { exact_match: 0, flexible: 1 },
  })
  const facts = sourceFacts(item, ['samples_gsm8k.jsonl'], () => 'never')
  expect(Object.fromEntries(facts.map(({ name, value }) => [name, value]))).toEqual({
    Run: 'gsm',
    'Its own name': '2026-11-22',
    Harness: 'lm-eval',
    File: 'samples_gsm8k.jsonl',
    Task: 'gsm8k',
    Item: '17',
    Model: 'SmolLM2',
    Scores: 'exact_match 0 · flexible 1',
    Card: 'lm-eval-1',
  })
})

it('says where in its file a card stood', () => {
  const fileOf = (place: Partial<SftQueueItem>, files: readonly string[]) =>
    sourceFacts(card('c1', place), files, String).find(({ name }) => name === 'File')?.value
  expect(fileOf({ source_file: 'samples_b.jsonl', source_line: 1204 }, ['a', 'b'])).toBe(
    'samples_b.jsonl, line 1,204',
  )
  expect(fileOf({ source_line: 3 }, ['log.eval'])).toBe('log.eval, item 3')
  expect(fileOf({ source_line: 3 }, ['a.jsonl', 'b.jsonl'])).toBe('a.jsonl, b.jsonl')
})

it('names the first files of a run that has many', () => {
  const [file] = sourceFacts(card('c1'), ['a', 'b', 'c', 'd', 'e'], String).filter(
    ({ name }) => name === 'File',
  )
  expect(file?.value).toBe('a, b, c and 2 more')
})
