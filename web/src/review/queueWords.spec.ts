import { expect, it } from 'vitest'
import { NO_FILTERS } from './queueFilters'
import { foundWords, noneLeft } from './queueWords'

it.each([
  [{}, 562, 'Spell it', null, '562 cards to review. First: Spell it.'],
  [{ q: 'cat' }, 1, 'Spell it', null, '1 card found for “cat”. First: Spell it.'],
  [{ q: 'cat' }, 0, null, null, 'No card found for “cat”.'],
  [{ q: 'cat', task_type: ['facts'] }, 2, null, null, '2 cards found for “cat” under these filters.'],
  [{ below: 0.4 }, 0, null, null, 'No card under these filters.'],
  [
    { q: 'cat' },
    2,
    null,
    { indexed: 10, total: 30 },
    '2 cards found for “cat”. 10 of 30 cards are indexed so far.',
  ],
])('%o shows %i', (filters, total, first, search, words) => {
  expect(foundWords({ ...NO_FILTERS, ...filters }, total, first, search)).toBe(words)
})

it('an empty queue is named as what it was', () => {
  expect(noneLeft({ ...NO_FILTERS, q: 'cat' })).toContain('“cat”')
  expect(noneLeft({ ...NO_FILTERS, run_id: ['r'] })).toBe('No card is left under these filters.')
  expect(noneLeft(NO_FILTERS)).toBe('No card is left to review.')
})
