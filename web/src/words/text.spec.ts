import { expect, it } from 'vitest'
import { allAre, cardName, cardPath, count, someAre, WAS } from './text'

it('counts one in the singular, and its verb too', () => {
  expect([count(1, 'card'), count(2, 'pass', 'passes')]).toEqual(['1 card', '2 passes'])
  expect([allAre(1, 'card'), allAre(3, 'answer', WAS)]).toEqual(['The only card is', 'All 3 answers were'])
  expect([someAre(1, 3, 'card'), someAre(0, 1, 'answer', WAS)]).toEqual([
    '1 of 3 cards is',
    '0 of 1 answer were',
  ])
})

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
