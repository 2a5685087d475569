import { expect, it } from 'vitest'
import { trainingView } from '@/testing/trainings'
import { checkFacts } from './checkFacts'

const held = { asked: 20, passed: 5, not_asked: {}, in_training: 0, in_choice: 0, is_clean: true }
const checks = { asked: 1200, passed: 12, not_asked: {}, held_out: null }

it('says how the adapter was chosen and whether its hold-out is clean', () => {
  const told = (held_out: typeof held | null) =>
    checkFacts(trainingView('one', { checks: { ...checks, held_out } }))
  expect(checkFacts(trainingView('one'))).toEqual([])
  expect(told(null)).toEqual([['Chosen by checks', '12 of 1,200 items passed']])
  expect(told(held)[1]).toEqual(['Hold-out, asked once', '5 of 20 items passed, clean'])
  expect(told({ ...held, in_choice: 2, in_training: 3, is_clean: false })[1]?.[1]).toBe(
    '5 of 20 items passed, not clean: 2 of its items were asked to choose, 3 were trained on',
  )
})
