import { expect, it } from 'vitest'
import { askedModel, bench } from '@/testing/benches'
import { type BenchWish, canGoOn, modelsAsked, NO_BENCH_WISH, requestOf, share, standing } from './bench'
import { benchCommand } from './benchCommand'
import { linksOf } from './benchLinks'
import { askedFor, cardsWords, tasksOf } from './benchTasks'

const wish: BenchWish = { ...NO_BENCH_WISH, file: 'sums.jsonl', base: ' /models/tiny ' }

it('asks for what was chosen and for nothing else', () => {
  expect(requestOf(wish, false)).toEqual({
    tasks: { kind: 'file', file: 'sums.jsonl', part: 'all' },
    base: '/models/tiny',
    ask_base: true,
    adapters: [],
    parallel: false,
  })
  const more: BenchWish = {
    ...wish,
    part: 'held-out',
    askBase: false,
    adapters: ['one', 'two'],
    name: ' n ',
    model: 'of an endpoint',
    key: 'OF_AN_ENDPOINT',
    system: 'Be brief.\n',
    numbers: { limit: '3', temperature: '0.5', seed: 'x', keep: '2' },
    judge: { url: ' http://judge/v1 ', model: 'wise', key: 'JUDGE_KEY', prompt: ' ' },
  }
  expect(requestOf(more, true)).toEqual({
    tasks: { kind: 'file', file: 'sums.jsonl', part: 'held-out' },
    base: '/models/tiny',
    ask_base: false,
    adapters: ['one', 'two'],
    name: 'n',
    system: 'Be brief.\n',
    limit: 3,
    temperature: 0.5,
    keep: 2,
    judge: { url: 'http://judge/v1', model: 'wise', api_key_env: 'JUDGE_KEY' },
    parallel: true,
  })
  expect(requestOf({ ...wish, file: '' }, false)).toBeNull()
})

it('asks an endpoint by its model, without the adapters that wait for their base', () => {
  const endpoint = {
    ...wish,
    base: 'http://127.0.0.1:8000/v1',
    model: 'small',
    key: 'MY_KEY',
    askBase: false,
    adapters: ['one'],
  }
  expect(modelsAsked(endpoint)).toBe(1)
  expect(requestOf(endpoint, false)).toMatchObject({
    model: 'small',
    api_key_env: 'MY_KEY',
    ask_base: true,
    adapters: [],
  })
})

it('reads from the address which cards to ask again', () => {
  const query = { cards: 'review', task_type: 'sums', order: 'random', seed: '4', card: 'x', view: 'mine' }
  const asked = askedFor(query)
  expect(asked).toEqual({ kind: 'cards', cards: { page: 'review', query: { task_type: ['sums'] } } })
  expect(tasksOf({ ...wish, ...asked })).toMatchObject({
    kind: 'cards',
    filter: { queue: { task_type: ['sums'] } },
  })
  const decided = askedFor({ cards: 'decided', failure_category: 'hallucination', page: '3' })
  expect(tasksOf({ ...wish, ...decided })).toEqual({
    kind: 'cards',
    filter: { decided: { failure_category: ['hallucination'] } },
  })
  expect(cardsWords(asked!.cards!)).toContain('sums')
  expect(cardsWords({ page: 'review', query: {} })).toBeNull()
  expect(askedFor({ base: '/models/tiny', adapter: ['one', 'two'] })).toEqual({
    base: '/models/tiny',
    adapters: ['one', 'two'],
    askBase: true,
  })
  expect(askedFor({ cards: 'elsewhere' })).toBeNull()
  expect(tasksOf({ ...wish, kind: 'cards' })).toBeNull()
  expect(tasksOf({ ...wish, kind: 'held-out' })).toEqual({ kind: 'held-out' })
})

it('tells where it stands', () => {
  expect(standing(bench('one', { state: 'starting', total: 0, done: 0 }))).toMatch(/being loaded/)
  expect(standing(bench('one'))).toBe('10 of 20 asked, about 1 min left.')
  expect(standing(bench('one', { done: 2 }))).toBe('2 of 20 asked.')
  expect(standing(bench('one', { state: 'stopping' }))).toMatch(/are still kept.*10 of 20 asked\.$/)
  expect(standing(bench('one', { state: 'stopped' }))).toBe(
    'Stopped at 10 of 20 asked. Resume asks what is missing.',
  )
  const models = [askedModel('a', { errored: 2 }), askedModel('b')]
  const done = bench('one', { state: 'done', models, done: 40, total: 40 })
  expect(standing(done)).toBe('2 models were asked 20 tasks each in 1 min; 2 errored.')
  expect([canGoOn(done), canGoOn({ ...done, models: [askedModel('b')] })]).toEqual([true, false])
  expect([share(askedModel('a')), share(askedModel('a', { passed: 3, failed: 1, unscored: 9 }))]).toEqual([
    null,
    0.75,
  ])
})

it('leads from an imported run to its cards, its score and the comparison with its base', () => {
  const base = askedModel('tiny', { run: 'bench-tiny', imported: true })
  const tuned = askedModel('tiny + one', { adapter: 'one', run: 'bench one', imported: true, failed: 4 })
  const view = { ...bench('b', { models: [base, tuned] }), folder: '', config: {}, errors: [] }
  expect(linksOf(view, tuned)).toEqual([
    { name: 'cards', to: '/?run_id=bench+one', label: 'Review 4 that failed' },
    { name: 'scores', to: '/scores?run_id=bench+one', label: 'Scores' },
    {
      name: 'compare',
      to: '/compare?before=bench-tiny&after=bench+one',
      label: 'Compare with bench-tiny',
    },
  ])
  expect(linksOf(view, base).map(({ label }) => label)).toEqual(['Its cards', 'Scores', 'Compare with…'])
  expect(linksOf(view, { ...tuned, imported: false })).toEqual([])
})

const ONE = [{ name: 'one', base: '/models/tiny', path: '/the one' }]

it('writes the same for a terminal, a command for each model', () => {
  expect(benchCommand({ ...wish, adapters: ['one'], numbers: { keep: '3', max_new_tokens: '9' } }, ONE)).toBe(
    [
      'avocet bench sums.jsonl --base /models/tiny --max-new-tokens 9 --import --keep passed=3',
      "avocet bench sums.jsonl --base /models/tiny --max-new-tokens 9 --import --keep passed=3 --adapter '/the one'",
    ].join('\n'),
  )
  const endpoint = { ...wish, base: 'http://x/v1', model: 'm', key: 'K', part: 'rest' as const }
  expect(benchCommand(endpoint, ONE)).toBe(
    'avocet bench sums.jsonl --base http://x/v1 --split rest --model m --api-key-env K --import',
  )
  expect(benchCommand({ ...wish, kind: 'held-out' }, [])).toBeNull()
})
