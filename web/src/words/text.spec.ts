import { expect, it } from 'vitest'
import { allAre, count, someAre, WAS } from './text'

it('counts one in the singular, and its verb too', () => {
  expect([count(1, 'card'), count(2, 'pass', 'passes')]).toEqual(['1 card', '2 passes'])
  expect([allAre(1, 'card'), allAre(3, 'answer', WAS)]).toEqual(['The only card is', 'All 3 answers were'])
  expect([someAre(1, 3, 'card'), someAre(0, 1, 'answer', WAS)]).toEqual([
    '1 of 3 cards is',
    '0 of 1 answer were',
  ])
})
