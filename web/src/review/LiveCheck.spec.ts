import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { CheckOutcome } from '@/api/types'
import { fakeServer } from '@/testing/fakeServer'
import { card } from '@/testing/fixtures'
import LiveCheck from './LiveCheck.vue'

const PASSES: CheckOutcome = {
  is_slow: false,
  passed: true,
  is_partial: false,
  must: [],
  must_not: [],
  sentence: '1 of 1 pattern matched, none forbidden.',
  parts: [{ kind: 'required', wanted: '^Lima$', holds: true, says: null }],
}
const FAILS: CheckOutcome = {
  ...PASSES,
  passed: false,
  sentence: '0 of 1 pattern matched.',
  parts: [{ kind: 'required', wanted: '^Lima$', holds: false, says: null }],
}
const item = card('c1', {
  model_response: 'LIMA',
  reference: 'Lima',
  check: { kind: 'patterns', required: ['^Lima$'] },
})

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function open(answers: Record<string, CheckOutcome>, of = item) {
  const server = fakeServer({
    'POST /check': ({ body }) => {
      const found = answers[(body as { text: string }).text]
      return found ? { json: found } : { status: 503, json: { code: 'busy', detail: 'The desk is away.' } }
    },
    'POST /pattern-marks': ({ body }) => ({
      json: {
        marks: [{ start: 0, end: (body as { response: string }).response.length, kind: 'near', number: 1 }],
        legend: [{ pattern: '^Lima$', kind: 'near', number: 1, how: 'there', times: 1 }],
        given_up: [],
      },
    }),
  })
  const line = mount(LiveCheck, { props: { item: of, text: of.model_response } })
  return {
    server,
    line,
    type: (text: string) => line.setProps({ text }),
    pause: async () => {
      await vi.runAllTimersAsync()
      await flushPromises()
    },
    tone: () => line.attributes('data-tone'),
    aloud: () => line.get('[aria-live]').text(),
  }
}

it('asks once typing pauses, says what would be, and marks what matches', async () => {
  const { server, line, type, pause, tone, aloud } = open({ Lima: PASSES })
  await pause()
  expect(server.asked).toEqual([])
  await type('Lim')
  await type('Lima')
  expect(aloud()).toBe('')
  await pause()
  expect(server.to('POST /check').map(({ body }) => body)).toEqual([{ id: 'c1', text: 'Lima' }])
  expect(aloud()).toBe('Would pass: 1 of 1 pattern matched, none forbidden. Equals the reference.')
  expect(tone()).toBe('good')
  expect(line.emitted('marks')!.at(-1)).toEqual([
    [{ from: 0, to: 4, kind: 'matched', number: 1, says: 'Matches now' }],
  ])
})

it('says what is missing, and falls silent while typing goes on and at the unchanged text', async () => {
  const { server, line, type, pause, tone, aloud } = open({ Lina: FAILS })
  await type('Lina')
  await pause()
  expect([tone(), aloud()]).toEqual(['bad', 'Would not pass: 0 of 1 pattern matched.'])
  expect(line.text()).toContain('^Lima$')
  await type('Linas')
  expect([line.attributes('data-stale'), aloud()]).toEqual(['true', ''])
  await type('LIMA')
  await pause()
  expect([tone(), server.to('POST /check').length]).toEqual([undefined, 1])
})

it('drops the answer to a text that is no longer there', async () => {
  let answer: (outcome: { json: CheckOutcome }) => void = () => undefined
  const { server, type, pause, aloud } = open({ Lima: PASSES })
  const last = server.routes['POST /check']!
  server.routes['POST /check'] = (asked) =>
    (asked.body as { text: string }).text === 'Lina'
      ? new Promise((resolve) => (answer = resolve))
      : last(asked)
  await type('Lina')
  await pause()
  await type('Lima')
  await pause()
  answer({ json: FAILS })
  await pause()
  expect(aloud()).toContain('Would pass')
})

it.each([
  [
    'that takes too long',
    { ...PASSES, is_slow: true, passed: null, sentence: 'It takes too long.', parts: [] },
  ],
  [
    'that only tells what had failed',
    { ...PASSES, is_partial: true, sentence: '1 missing pattern now found.' },
  ],
])('speaks of no more than is known of a check %s', async (_which, outcome) => {
  const { type, pause, aloud } = open({ x: outcome })
  await type('x')
  await pause()
  expect(aloud()).toBe(outcome.sentence)
})

it('says quietly that the desk could not check', async () => {
  const { type, pause, tone, aloud } = open({})
  await type('x')
  await pause()
  expect([tone(), aloud()]).toEqual(['quiet', 'Not checked: The desk is away.'])
})

it('without a check asks nothing, and still knows the reference', async () => {
  const { server, type, pause, aloud } = open({}, card('c1', { model_response: 'LIMA', reference: 'Lima' }))
  await type('Lima\n')
  await pause()
  expect([server.asked, aloud()]).toEqual([[], 'Equals the reference.'])
})
