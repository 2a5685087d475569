import { expect, it } from 'vitest'
import { cardName, cardPath } from './text'

it('names a card by its task, or by task and item, and never by a hash where these are known', () => {
  const card = { id: 'lm-eval-9f02', task_name: null, task_id: '17', task_type: 'gsm8k', item_id: '17' }
  expect(cardName(card)).toBe('gsm8k · 17')
  expect(cardName({ ...card, task_name: 'Two trains' })).toBe('Two trains')
  expect(cardName({ ...card, item_id: 'gsm8k.dev.2', task_id: 'gsm8k.dev.2' })).toBe('gsm8k.dev.2')
  expect(cardName({ ...card, item_id: null, task_id: 'invoice-3' })).toBe('invoice-3')
  expect(cardName({ ...card, item_id: null, task_id: null })).toBe('lm-eval-9f02')
})

it('writes a path that leads back to the id', () => {
  expect(cardPath('run/a b')).toBe('/cards/run/a%20b')
  expect(cardPath('a/../b')).toBe('/cards?id=a%2F..%2Fb')
})
