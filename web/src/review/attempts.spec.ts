import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { fakeServer } from '@/testing/fakeServer'
import { cards, queuePage, stats, undoneVerdict } from '@/testing/fixtures'
import { loadDraft, saveDraft } from './drafts'
import { NO_FILTERS } from './queueFilters'
import { useSftStore } from './sft'

type Answer = { status?: number; json: unknown }

const done = { json: { ok: true, id: 'c1', status: 'discarded', failure_category: null, decision_id: 1 } }
const unknown = refusal(503, 'outcome_unknown', 'It may have been stored, or not.')
const away = refusal(503, 'database_unavailable', 'The database server does not answer. Nothing was changed.')

function refusal(status: number, code: string, detail: string): Answer {
  return { status, json: { code, detail } }
}

/** A desk that gives these answers to the submits, one after another. */
async function deskThatAnswers(...answers: Answer[]) {
  const undone = undoneVerdict()
  const server = fakeServer({
    'GET /stats': () => ({ json: stats() }),
    'GET /queue': () => ({ json: queuePage(cards(3)) }),
    'POST /submit': () => answers.shift()!,
    'POST /undo': () => ({ json: { ok: true, id: 'c1', status: 'needs_review', undone } }),
  })
  const store = useSftStore()
  await store.open(NO_FILTERS)
  const decide = async (note?: string) => {
    const took = await store.submit({ id: 'c1', action: 'discard', note })
    await flushPromises()
    return took
  }
  return { store, decide, keys: () => server.to('POST /submit').map(({ key }) => key) }
}

describe('a decision has one key', () => {
  it('that is its own', async () => {
    const { store, decide, keys } = await deskThatAnswers(done, done)
    await decide()
    await store.undo()
    await decide()
    expect(keys()[0]).toMatch(/^[\d-]{7,256}$/)
    expect(new Set(keys()).size).toBe(2)
  })

  it('and the same one when it is sent again after an answer that was no refusal', async () => {
    const { decide, keys } = await deskThatAnswers(away, done)
    expect([await decide(), await decide()]).toEqual([false, true])
    expect(new Set(keys()).size).toBe(1)
  })

  it('another one once it says something else', async () => {
    const { decide, keys } = await deskThatAnswers(away, done)
    await decide()
    await decide('made up')
    expect(new Set(keys()).size).toBe(2)
  })

  it('another one after a refusal', async () => {
    const { decide, keys } = await deskThatAnswers(refusal(422, 'invalid_request', 'No.'), done)
    await decide()
    await decide()
    expect(new Set(keys()).size).toBe(2)
  })
})

describe('where the desk does not know whether it was stored', () => {
  it('it is asked once more with the same key, and its answer counts', async () => {
    const { store, decide, keys } = await deskThatAnswers(unknown, done)
    expect(await decide()).toBe(true)
    expect([store.error, store.current?.id, keys().length, new Set(keys()).size]).toEqual([null, 'c2', 2, 1])
  })

  it('and still is not known, that is said, the card is back with its text, and a third try has the same key', async () => {
    const { store, decide, keys } = await deskThatAnswers(unknown, away, done)
    saveDraft('c1', { editing: true, text: 'typed', category: null, note: '' })
    expect(await decide()).toBe(false)
    expect([store.error?.code, store.current?.id, loadDraft('c1')?.text]).toEqual([
      'outcome_unknown',
      'c1',
      'typed',
    ])
    expect(await decide()).toBe(true)
    expect([keys().length, new Set(keys()).size]).toEqual([3, 1])
  })
})
