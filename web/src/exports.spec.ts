import { expect, it } from 'vitest'
import { choiceOf, choose, commandLine, downloadUrl, exportQuery, readWish, writeWish } from './exports'

const plain = readWish({})

it('three states per category, one at a time', () => {
  const only = choose(plain, 'wrong_answer', 'only')
  expect(choiceOf(only, 'wrong_answer')).toBe('only')
  const without = choose(only, 'wrong_answer', 'without')
  expect(without).toMatchObject({ include_category: [], exclude_category: ['wrong_answer'] })
  expect(choose(without, 'wrong_answer', 'any')).toEqual(plain)
})

it('the URL, the preview, the download and the command line ask for the same', () => {
  const wish = readWish({
    format: 'candidates',
    exclude_category: ['scoring_artifact', 'uncategorised'],
    model_name: 'a b',
  })
  expect(readWish(writeWish(wish))).toEqual(wish)
  expect(exportQuery(wish)).toEqual({
    format: 'candidates',
    exclude_category: ['scoring_artifact', 'uncategorised'],
    model_name: ['a b'],
  })
  expect(downloadUrl(wish)).toBe(
    '/api/sft/export?format=candidates&exclude_category=scoring_artifact&exclude_category=uncategorised&model_name=a+b',
  )
  expect(commandLine(wish)).toBe(
    "avocet export --format candidates --exclude-category scoring_artifact --exclude-category uncategorised --model-name 'a b'",
  )
})

it('quotes what a shell would read otherwise', () => {
  expect(commandLine({ ...plain, model_name: ["it's $HOME"] })).toContain(`--model-name 'it'\\''s $HOME'`)
})
