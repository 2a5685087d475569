import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { toRaw } from 'vue'
import { fakeServer } from '@/testing/fakeServer'
import { config } from '@/testing/fixtures'
import { useSessionStore } from './sessionStore'

const START = new Date('2026-11-22T15:30:00')

beforeEach(() => {
  sessionStorage.clear()
  vi.useFakeTimers({ now: START })
})

const summary = {
  total: 96,
  by_action: { discard: 96 },
  by_category: { uncategorised: 96 },
  accepted_uncategorised: 0,
}
const serve = () =>
  fakeServer({
    'GET /config': () => ({ json: config }),
    'GET /decisions/summary': () => ({ json: summary }),
  })

function after(seconds: number, key: string, cards = 1) {
  vi.setSystemTime(Date.now() + seconds * 1000)
  useSessionStore().record({ key, action: 'discard', category: 'wrong_answer', cards })
}

it('tells the median pace and leaves breaks and bulk steps out of it', () => {
  serve()
  const session = useSessionStore()
  after(10, 'a')
  expect(session.pace).toBeNull()
  after(20, 'b')
  expect(session.pace).toBe(15)
  after(600, 'c')
  after(1, 'd', 500)
  after(12, 'e')
  expect(session.pace).toBe(12)
  expect(session.decided).toBe(504)
})

it('asks for this reviewer’s decisions since local midnight, once there is a pause', async () => {
  const server = serve()
  after(1, 'a')
  after(1, 'b')
  expect(server.asked).toHaveLength(0)
  await vi.advanceTimersByTimeAsync(5_000)
  const asked = server.to('GET /decisions/summary')
  expect(asked).toHaveLength(1)
  expect(asked[0]!.url.searchParams.get('reviewer')).toBe('ada')
  expect(asked[0]!.url.searchParams.get('since')).toBe(new Date('2026-11-22T00:00:00').toISOString())
  after(1, 'c')
  expect(useSessionStore().today?.total).toBe(97)
})

it('counts a decision into today’s numbers at once, and what was taken back out of them', async () => {
  serve()
  const session = useSessionStore()
  await session.refreshToday()
  const before = structuredClone(toRaw(session.today))!
  after(1, 'a')
  expect(session.today).toEqual({
    total: before.total + 1,
    by_action: { ...before.by_action, discard: (before.by_action.discard ?? 0) + 1 },
    by_category: { ...before.by_category, wrong_answer: (before.by_category.wrong_answer ?? 0) + 1 },
    accepted_uncategorised: 0,
  })
  session.forget('a')
  expect(session.today?.total).toBe(before.total)
  expect(session.today?.by_category.wrong_answer).toBe(before.by_category.wrong_answer ?? 0)
})

it('does not count what was taken back', () => {
  serve()
  const session = useSessionStore()
  after(1, 'a')
  after(1, 'batch', 40)
  session.forget('batch')
  session.forget('never')
  expect(session.summary).toEqual({
    total: 1,
    by_action: { discard: 1 },
    by_category: { wrong_answer: 1 },
    accepted_uncategorised: 0,
  })
})

it('tells apart what has no category because the answer is right', async () => {
  serve()
  const session = useSessionStore()
  await session.refreshToday()
  session.record({ key: 'right', action: 'accept', category: null })
  session.record({ key: 'too strict', action: 'accept', category: 'scoring_artifact' })
  session.record({ key: 'left open', action: 'flag', category: null })
  expect(session.summary).toMatchObject({
    by_category: { uncategorised: 2, scoring_artifact: 1 },
    accepted_uncategorised: 1,
  })
  expect(session.today?.accepted_uncategorised).toBe(1)
  session.forget('right')
  expect(session.today?.accepted_uncategorised).toBe(0)
})

it('survives a reload', () => {
  serve()
  after(1, 'a')
  useSessionStore().keep()
  setActivePinia(createPinia())
  expect(useSessionStore().decided).toBe(1)
})

it.each(['{', '5', '{"since": 5}'])('begins anew where nothing readable was kept: %s', (stored) => {
  sessionStorage.setItem('avocet.session', stored)
  expect(useSessionStore().decided).toBe(0)
})
