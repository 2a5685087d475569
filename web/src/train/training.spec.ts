import { expect, it } from 'vitest'
import { training } from '@/testing/trainings'
import { baseName } from './jobStates'
import { lossText, NO_TRAIN_WISH, requestOf, rowsUsed, seriesOf, standing, trainCommand } from './training'

const wish = { ...NO_TRAIN_WISH, base: ' /models/tiny ', numbers: { epochs: '2', beta: '0.3', seed: 'x' } }

it('asks for what was chosen and for nothing else', () => {
  expect(requestOf(wish, false)).toEqual({
    base: '/models/tiny',
    method: 'sft',
    include_category: [],
    exclude_category: [],
    epochs: 2,
    parallel: false,
  })
  const more = {
    ...wish,
    method: 'dpo',
    recipe: 'mine',
    name: ' n ',
    merge: true,
    cpu: true,
    byChecks: true,
  } as const
  expect(requestOf(more, true)).toMatchObject({
    beta: 0.3,
    recipe: 'mine',
    name: 'n',
    merge: true,
    device: 'cpu',
    early_stop: 'checks',
    parallel: true,
  })
})

it('says the same for a terminal', () => {
  expect(trainCommand({ ...wish, exclude_category: ['scoring_artifact'] })).toBe(
    'avocet export --format trl-sft -o dataset/\n' +
      'avocet train --base /models/tiny --method sft --dataset dataset --exclude-category scoring_artifact --epochs 2 --out adapter',
  )
  expect(trainCommand({ ...wish, recipe: "it's", name: 'n' })).toContain(
    "--recipe 'it'\\''s' --epochs 2 --out n",
  )
})

it('counts the rows of the categories that are taken; leaving out wins over taking', () => {
  const rows = { wrong_answer: 4, hallucination: 2 }
  expect(rowsUsed(rows, wish)).toBe(6)
  expect(rowsUsed(rows, { ...wish, include_category: ['wrong_answer'] })).toBe(4)
  const both = { include_category: ['wrong_answer'], exclude_category: ['wrong_answer'] }
  expect(rowsUsed(rows, { ...wish, ...both })).toBe(0)
})

it.each([
  [{}, 'At step 2 of 8, about 2 min left.'],
  [{ seconds_left: 0.2 }, 'At step 2 of 8, almost done.'],
  [{ total_steps: 0 }, 'The libraries and the base model are being loaded.'],
  [{ state: 'stopping' }, 'Saving a checkpoint after step 2 of 8, then it ends.'],
  [{ state: 'done', step: 8 }, '8 steps in 4 s.'],
  [{ state: 'done' }, '2 steps in 4 s, stopped early.'],
  [{ state: 'failed', step: 0 }, 'Failed before the first step.'],
  [{ state: 'interrupted' }, 'Its process is gone, at step 2 of 8. Resume goes on from the last checkpoint.'],
] as const)('says where a training stands: %o', (changes, told) => {
  expect(standing(training('t', changes))).toBe(told)
})

it('draws means of neighbours if there are more points than room', () => {
  const points = Array.from({ length: 1000 }, (_, index) => ({
    step: index + 1,
    seconds: 1,
    tokens: 1,
    loss: index % 2,
  }))
  const { train, validation } = seriesOf(points, 100)
  expect(train).toHaveLength(100)
  expect(train.at(-1)).toEqual({ step: 1000, loss: 0.5 })
  expect(validation).toEqual([])
})

it('shortens losses and model names', () => {
  expect([lossText(null), lossText(0.00123), lossText(1.23456), lossText(123.4)]).toEqual([
    '–',
    '0.0012',
    '1.235',
    '123.4',
  ])
  expect([baseName('/a/b.gguf'), baseName('org/name'), baseName('C:\\m\\x')]).toEqual([
    'b.gguf',
    'org/name',
    'x',
  ])
})
