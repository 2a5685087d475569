import { expect, it } from 'vitest'
import { harnessWords } from './harnesses'

it('says what a run was read from where its files name no harness', () => {
  expect(['cf-orch', 'lm-eval', null].map(harnessWords)).toEqual(['candidate lines', 'lm-eval', null])
})
