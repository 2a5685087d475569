import { expect, it } from 'vitest'
import { isEnough, withColumn } from './mapping'

it.each([
  [{}, false],
  [{ prompt: 'q' }, false],
  [{ prompt: 'q', response: 'a' }, true],
  [{ messages: 'm' }, true],
])('%j is enough: %s', (mapping, enough) => {
  expect(isEnough(mapping)).toBe(enough)
})

it('messages are the whole prompt: one takes the place of the other', () => {
  const prompt = { prompt: 'q', system: 's', response: 'a' }
  expect(withColumn(prompt, 'messages', 'm')).toEqual({ response: 'a', messages: 'm' })
  expect(withColumn({ messages: 'm' }, 'prompt', 'q')).toEqual({ prompt: 'q' })
  expect(withColumn(prompt, 'system', '')).toEqual({ prompt: 'q', response: 'a' })
})
