import { expect, it } from 'vitest'
import { detailFacts, toolCallsOf, whichOne } from './cardDetails'
import { card } from './testing/fixtures'

it('tells what the harness was given, in words', () => {
  const details = {
    harness_version: '0.3.285',
    subset: 'algebra',
    epoch: 2,
    parameters: { temperature: 0, max_tokens: 64, seed: null },
    choices: ['A', 'B'],
    sample_uuid: 'x',
  }
  const item = card('c1', { harness: 'inspect', details })
  expect(detailFacts(item)).toEqual([
    { name: 'Harness', value: 'inspect 0.3.285' },
    { name: 'Subset', value: 'algebra' },
    { name: 'Epoch', value: '2' },
    { name: 'Parameters', value: 'temperature 0, max_tokens 64' },
    { name: 'Choices', value: 'A, B' },
  ])
  expect(whichOne(item)).toBe('algebra · epoch 2')
})

it('tells what had to hold, and the tests, apart from the reference', () => {
  const details = { tests: 'assert f(1) == 2', criteria: 'regex: a+\nllm-rubric: Polite' }
  expect(detailFacts(card('c1', { harness: null, details }))).toEqual([
    { name: 'Criteria', value: 'regex: a+\nllm-rubric: Polite' },
    { name: 'Tests', value: 'assert f(1) == 2' },
  ])
})

it('says nothing of a card that has no details', () => {
  expect(detailFacts(card('c1'))).toEqual([])
  expect(whichOne(card('c1', { details: { epoch: 1 } }))).toBe('')
})

it('reads an answer that is tool calls, and leaves text that only looks like it', () => {
  const model_response = '[{"type": "function", "function": {"name": "add", "arguments": "{}"}}]'
  const details = { response_type: 'tool_calls', response_text: 'Let me see.' }
  expect(toolCallsOf({ model_response, details })).toMatchObject({
    text: 'Let me see.',
    calls: [{ type: 'function' }],
  })
  expect(toolCallsOf({ model_response, details: null })).toBeNull()
  expect(toolCallsOf({ model_response: 'no JSON', details })).toBeNull()
})
