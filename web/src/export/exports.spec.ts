import { expect, it } from 'vitest'
import {
  decidedSentence,
  choiceOf,
  choose,
  commandLine,
  downloadUrl,
  exportQuery,
  grouped,
  NO_WISH,
  readWish,
  recipeOf,
  sameWish,
  wishOf,
  writeWish,
} from './exports'

it('a value is taken, left out or neither, one at a time', () => {
  const only = choose(NO_WISH, 'category', 'wrong_answer', 'only')
  expect(choiceOf(only, 'category', 'wrong_answer')).toBe('only')
  const without = choose(only, 'category', 'wrong_answer', 'without')
  expect(without).toMatchObject({ include_category: [], exclude_category: ['wrong_answer'] })
  expect(choose(without, 'category', 'wrong_answer', 'any')).toEqual(NO_WISH)
})

it('the URL, the preview, the recipe, the download and the command line ask for the same', () => {
  const wish = readWish({
    format: 'trl-dpo',
    exclude_category: ['scoring_artifact', 'uncategorised'],
    model_name: 'a b',
    exclude_reviewer: 'import',
    since: '2026-11-01',
    min_score: '0',
    max_change: '0.25',
    train: '0.8',
    validation: '0.2',
    salt: 's',
    duplicates: 'true',
    not_tags: 'off by one',
    failure_tags: 'true',
  })
  expect(readWish(writeWish(wish))).toEqual(wish)
  expect(wishOf(recipeOf(wish) as Record<string, unknown>)).toEqual(wish)
  expect(exportQuery(wish)).toEqual({
    format: 'trl-dpo',
    exclude_category: ['scoring_artifact', 'uncategorised'],
    model_name: ['a b'],
    exclude_reviewer: ['import'],
    since: '2026-11-01',
    min_score: 0,
    max_change: 0.25,
    train: 0.8,
    validation: 0.2,
    test: 0,
    salt: 's',
    duplicates: true,
    not_tags: ['off by one'],
    failure_tags: true,
  })
  expect(downloadUrl(wish)).toContain('/api/sft/export?format=trl-dpo&exclude_category=scoring_artifact&')
  expect(commandLine(wish)).toBe(
    "avocet export --format trl-dpo --exclude-category scoring_artifact --exclude-category uncategorised --model-name 'a b' --exclude-reviewer import --not-tag 'off by one' --since 2026-11-01 --min-score 0 --max-change 0.25 --split 0.8/0.2/0 --salt s --duplicates --failure-tags",
  )
})

it('a recipe that leaves out its defaults gives the same choices', () => {
  expect(sameWish(wishOf({}), NO_WISH)).toBe(true)
  expect(sameWish(wishOf({ format: 'trl-kto' }), NO_WISH)).toBe(false)
  expect(writeWish(NO_WISH)).toEqual({})
  expect(writeWish(NO_WISH, 'mine')).toEqual({ recipe: 'mine', format: 'sft' })
  expect(commandLine(NO_WISH, "Ada's")).toBe("avocet export --recipe 'Ada'\\''s'")
})

it('asks for the column of tags only where the format can have one', () => {
  const wish = { ...NO_WISH, failure_tags: true }
  expect(exportQuery({ ...wish, format: 'csv' })).toHaveProperty('failure_tags', true)
  expect(exportQuery({ ...wish, format: 'candidates' })).not.toHaveProperty('failure_tags')
  expect(recipeOf(NO_WISH)).not.toHaveProperty('failure_tags')
})

it('groups the formats as the server does', () => {
  const formats = ['sft', 'trl-dpo', 'openai-chat', 'csv'].map((name) => ({ name, description: '' }))
  expect(grouped(formats).map(({ title, formats: [first] }) => [title, first!.name])).toEqual([
    ['OpenAI-style', 'sft'],
    ['For TRL', 'trl-dpo'],
    ['Tables', 'csv'],
  ])
})

it('quotes words that a shell would read differently', () => {
  expect(commandLine({ ...NO_WISH, model_name: ["it's $HOME"] })).toContain(`--model-name 'it'\\''s $HOME'`)
})

it.each([
  [[16, 12, 8], ['approved'], '36 decided: 16 approved; 20 discarded or flagged give no row.'],
  [[16, 12, 0], ['approved'], '28 decided: 16 approved; 12 discarded give no row.'],
  [
    [16, 12, 8],
    ['approved', 'model_rejected'],
    '36 decided: 16 approved, 8 flagged; 12 discarded give no row.',
  ],
  [
    [16, 12, 8],
    ['approved', 'discarded', 'model_rejected'],
    '36 decided: 16 approved, 12 discarded, 8 flagged.',
  ],
  [[0, 0, 2], ['approved'], '2 decided: 2 flagged give no row.'],
  [[53, 0, 1], ['approved'], '54 decided: 53 approved; 1 flagged gives no row.'],
  [[0, 0, 0], ['approved'], '0 decided.'],
])(
  'of %j decided a format that writes %j says: %s',
  ([approved = 0, discarded = 0, flagged = 0], statuses, words) => {
    const by_status = { approved, discarded, model_rejected: flagged }
    expect(decidedSentence({ by_status, statuses })).toBe(words)
  },
)
