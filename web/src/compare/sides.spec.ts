import { describe, expect, it } from 'vitest'
import { stepOf, stepWords } from './compareStep'
import { sideOf, suggested } from './sides'

const RUNS = ['new', 'a:b', 'old', 'two']
const PARTS = {
  new: { tasks: ['sums'], models: [''] },
  'a:b': { tasks: ['words'], models: [''] },
  old: { tasks: ['words', 'sums'], models: [''] },
  two: { tasks: ['other'], models: ['base', 'tuned'] },
}
const NONE = { before: null, after: null }

describe('a side', () => {
  it('is a run, or the model of a run, whose names may hold colons', () => {
    expect(sideOf('a:b', RUNS)).toEqual({ runId: 'a:b', model: null })
    expect(sideOf('a:b:org/m:1', RUNS)).toEqual({ runId: 'a:b', model: 'org/m:1' })
    expect(sideOf('gone:m', RUNS)).toEqual({ runId: 'gone:m', model: null })
  })
})

describe('the suggestion', () => {
  it('is the newest two that share a task, the older one before', () => {
    expect(suggested(RUNS, PARTS, NONE)).toEqual({ before: 'old', after: 'new' })
    expect(suggested(RUNS, PARTS, { ...NONE, after: 'a:b' })).toEqual({ before: 'old', after: 'a:b' })
    expect(suggested(RUNS, PARTS, { ...NONE, after: 'old' })).toEqual({ before: 'new', after: 'old' })
    expect(suggested(RUNS, PARTS, { ...NONE, before: 'old' })).toEqual({ before: 'old', after: 'new' })
  })

  it('is two models of a run where no other run shares a task', () => {
    expect(suggested(['two'], PARTS, NONE)).toEqual({ before: 'two:base', after: 'two:tuned' })
    expect(suggested(RUNS, PARTS, { ...NONE, after: 'two' })).toEqual({
      before: 'two:base',
      after: 'two:tuned',
    })
    expect(suggested(['new'], PARTS, NONE)).toBeNull()
  })
})

describe('what stands between the address and a comparison', () => {
  const step = (before: string | null, after: string | null, runs = RUNS) =>
    stepOf({ before, after }, runs, PARTS)

  it.each([
    [step(null, null, []), 'no-run', 'There is no run yet'],
    [step(null, null, ['new']), 'one-run', 'There is one run, new.'],
    [step(null, null, ['two']), 'choose', 'Choose two runs'],
    [step(null, 'new'), 'choose', 'Choose two runs'],
    [step('new', 'new'), 'same', 'Both sides are new.'],
    [step('two', 'two:base'), 'model', 'The run two holds several models. Choose one for the side before.'],
    [step('two:base', 'two'), 'model', 'Choose one for the side after.'],
    [step('two:base', 'two:tuned'), 'compare', ''],
    [step('old', 'new'), 'compare', ''],
  ])('%o', (found, kind, words) => {
    expect(found.kind).toBe(kind)
    expect(stepWords(found)).toContain(words)
  })
})
