import { flushPromises } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import type { OtherAnswer, OtherAnswers } from '@/api/types'
import { fakeServer } from '@/testing/fakeServer'
import { card } from '@/testing/fixtures'
import { showCard as show } from '@/testing/showCard'
import { until } from '@/testing/until'

vi.mock('./CorrectionEditor.vue', () => {
  throw new Error('not to be had')
})

function answer(id: string, changes: Partial<OtherAnswer> = {}): OtherAnswer {
  return {
    id,
    run_id: 'nightly',
    model_name: 'Big',
    epoch: null,
    outcome: 'failed',
    status: 'needs_review',
    verdict: null,
    model_response: `Text of ${id}`,
    shortened: {},
    ...changes,
  }
}

const ANSWERS = [
  answer('p', { outcome: 'passed', model_response: '<b>Right</b>\u202e', verdict: 'right' }),
  answer('f', { epoch: 1 }),
  answer('g', { epoch: 2, model_response: 'Answer c1' }),
]

function serve(items: OtherAnswer[] = ANSWERS, is_sampled = false) {
  const json: OtherAnswers = { items, is_sampled }
  return fakeServer({
    'GET /card/others c1': () => ({ json }),
    'GET /card long': () => ({ json: card('long', { model_response: 'The whole text' }) }),
  })
}

type Card = ReturnType<typeof show>
const tabs = (desk: Card) => desk.wrapper.findAll('[data-testid=answer-tab]')
const tabWords = (desk: Card) => tabs(desk).map((tab) => tab.text().replaceAll(/\s+/g, ' '))

async function shown(desk: Card, many: number): Promise<void> {
  await until(() => tabs(desk).length === many)
}

async function choose(desk: Card, which: number): Promise<void> {
  await tabs(desk)[which]?.trigger('click')
  await until(() => desk.has('other-answers'))
}

describe('the other answers to the item', () => {
  it('are tabs that say whose they are and whether they passed', async () => {
    serve()
    const desk = show()
    await shown(desk, 3)
    expect(tabWords(desk)).toEqual(['This answer', 'Big ✓passed', 'Big ✕failed (2)2 answers'])
    await choose(desk, 2)
    const others = desk.wrapper.findAll('[data-testid=other-answer]')
    expect(others.map((one) => one.text())).toEqual([
      expect.stringContaining('nightly · epoch 1'),
      expect.stringContaining('The same text'),
    ])
    expect(desk.wrapper.findAll('[data-testid=start-from-other]')).toHaveLength(1)
  })

  it('are shown as text, with what would act made visible', async () => {
    serve()
    const desk = show()
    await shown(desk, 3)
    await choose(desk, 1)
    const other = desk.get('other-answer')
    expect(other.text()).toContain('<b>Right</b>')
    expect(other.find('b').exists()).toBe(false)
    expect(other.text()).not.toContain('\u202e')
  })

  it('are chosen with the arrow keys, and one tab is in the order of the keys', async () => {
    serve()
    const desk = show()
    await shown(desk, 3)
    await tabs(desk)[0]?.trigger('keydown', { key: 'ArrowLeft' })
    expect(tabs(desk).map((tab) => tab.attributes('tabindex'))).toEqual(['-1', '-1', '0'])
    expect(document.activeElement).toBe(tabs(desk)[2]?.element)
    await tabs(desk)[2]?.trigger('keydown', { key: 'Home' })
    expect(tabs(desk)[0]?.attributes('aria-selected')).toBe('true')
    expect(desk.has('other-answers')).toBe(false)
  })

  it('begin a correction that is exactly the other text', async () => {
    serve([answer('f')])
    const desk = show()
    await shown(desk, 2)
    await choose(desk, 1)
    await desk.click('start-from-other')
    await flushPromises()
    expect(desk.step()).toBe('correct')
    expect((await desk.editor()).value).toBe('Text of f')
    await desk.key('Enter', { ctrlKey: true })
    expect(desk.sent()).toMatchObject([{ action: 'correct', corrected_response: 'Text of f' }])
  })

  it('begin with the whole text where only its start was listed', async () => {
    serve([answer('long', { model_response: 'The', shortened: { model_response: 14 } })])
    const desk = show()
    await shown(desk, 2)
    await choose(desk, 1)
    expect(desk.get('other-cut').text()).toContain('14 characters')
    await desk.click('start-from-other')
    expect((await desk.editor()).value).toBe('The whole text')
  })

  it('say nothing of verdicts on a card of a sample before an action has begun', async () => {
    serve(ANSWERS, true)
    const desk = show()
    await shown(desk, 3)
    await choose(desk, 1)
    expect(desk.get('other-answers').text()).not.toContain('A person')
    await desk.key('d')
    expect(desk.get('other-answers').text()).toContain('A person found it right')
  })

  it('are not asked for on a card that is left at once', async () => {
    vi.useFakeTimers()
    const server = serve()
    const desk = show()
    desk.wrapper.unmount()
    await vi.advanceTimersByTimeAsync(1000)
    expect(server.asked).toEqual([])
  })
})

describe('room for other answers', () => {
  it('is kept on the next card once there were some, so that nothing moves when they come', async () => {
    serve()
    await shown(show(), 3)
    const server = serve([])
    server.routes['GET /card/others c2'] = () => ({ json: { items: [], is_sampled: false } })
    const next = show({ id: 'c2' })
    await shown(next, 1)
    await until(() => next.get('response').text().includes('No other answers'))
  })

  it('is not there on a card that stands alone', async () => {
    const server = serve([])
    const desk = show()
    await until(() => server.to('GET /card/others c1').length === 1)
    await flushPromises()
    expect(tabs(desk)).toEqual([])
  })
})
