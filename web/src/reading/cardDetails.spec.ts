import { expect, it } from 'vitest'
import { card } from '@/testing/fixtures'
import { whichOne } from './cardDetails'

it('tells which part of a task it is, and which of several tries', () => {
  expect(whichOne(card('c1', { details: { subset: 'algebra', epoch: 2 } }))).toBe('algebra · epoch 2')
  expect(whichOne(card('c1', { details: { epoch: 1 } }))).toBe('')
  expect(whichOne(card('c1'))).toBe('')
})
