import { expect, it } from 'vitest'
import { whichOne } from './cardDetails'
import { card } from './testing/fixtures'

it('tells which part of a task it is, and which of several tries', () => {
  expect(whichOne(card('c1', { details: { subset: 'algebra', epoch: 2 } }))).toBe('algebra · epoch 2')
  expect(whichOne(card('c1', { details: { epoch: 1 } }))).toBe('')
  expect(whichOne(card('c1'))).toBe('')
})
