import { flushPromises } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { fakeServer } from '@/testing/fakeServer'
import { showCard as show } from '@/testing/showCard'
import { until } from '@/testing/until'
import { CATEGORIES } from '@/words/categories'

vi.mock('./CorrectionEditor.vue', () => {
  throw new Error('not to be had')
})

const turn = (role: string, content: string) => ({ role, content })

describe('the failure reason explained', () => {
  it('marks in the response what the server found nearly there and forbidden, with a legend', async () => {
    const server = fakeServer({
      'POST /pattern-marks': () => ({
        json: {
          marks: [
            { start: 21, end: 26, kind: 'near', number: 1 },
            { start: 0, end: 4, kind: 'forbidden', number: 2 },
          ],
          legend: [
            { pattern: '^Tokyo$', kind: 'near', number: 1, how: 'there, but not alone', times: 1 },
            { pattern: 'sure', kind: 'forbidden', number: 2, how: 'found', times: 1 },
          ],
          given_up: ['nowhere'],
        },
      }),
    })
    const desk = show({
      model_response: 'Sure! The capital is Tokyo.',
      failure_reason:
        'pattern_match: 0/2 required patterns matched; missing: ["^Tokyo$", "nowhere"]; forbidden: ["sure"]; 5 words, at most 1',
    })
    await flushPromises()
    expect(server.asked.map(({ body }) => body)).toEqual([
      { response: 'Sure! The capital is Tokyo.', missing: ['^Tokyo$', 'nowhere'], forbidden: ['sure'] },
    ])
    const marks = desk.get('response').findAll('mark')
    expect(
      marks.map((mark) => [mark.text(), mark.attributes('data-mark'), mark.attributes('data-number')]),
    ).toEqual([
      ['Sure', 'forbidden', '2'],
      ['Tokyo', 'near', '1'],
    ])
    for (const mark of marks) expect(mark.attributes('data-says')).toMatch(/\w+/)
    const reason = desk.get('failure-reason')
    expect(reason.text()).toContain('5 words, at most 1 allowed.')
    expect(reason.findAll('[data-testid=legend]').map((entry) => entry.text())).toEqual([
      '1 marked below, there, but not alone',
      '2 marked below',
    ])
    expect(reason.findAll('[data-testid=given-up]')).toHaveLength(1)
  })

  it('explains no marks while the editor replaces the response', async () => {
    fakeServer({
      'POST /pattern-marks': () => ({
        json: {
          marks: [{ start: 6, end: 11, kind: 'forbidden', number: 1 }],
          legend: [{ pattern: 'tokyo', kind: 'forbidden', number: 1, how: 'found', times: 1 }],
          given_up: [],
        },
      }),
    })
    const desk = show({ model_response: 'It is Tokyo', failure_reason: 'forbidden: ["tokyo"]' })
    await flushPromises()
    expect(desk.has('legend')).toBe(true)
    await desk.click('action-correct')
    expect(desk.has('legend')).toBe(false)
  })

  it('runs no expression of a file, and shows the first of very many', () => {
    fakeServer({})
    const many = Array.from({ length: 3000 }, (_, number) => `(a|a)*${number}$`)
    const desk = show({
      model_response: 'a'.repeat(34),
      failure_reason: `missing: ${JSON.stringify(many.slice(0, 900))}`,
    })
    expect(desk.get('failure-reason').findAll('code')).toHaveLength(50)
    expect(desk.get('failure-reason').text()).toContain('and 850 more')
    const longer = show({ failure_reason: `missing: ${JSON.stringify(many)}` })
    expect(longer.get('failure-reason').findAll('code')).toHaveLength(0)
  })

  it('keeps what the harness said unobtrusive, unless it is all there is', async () => {
    const said = { scores: { exact: 0 }, extracted_answer: '7', explanation: 'Because.' }
    const desk = show({ ...said, failure_reason: 'wrong' })
    await vi.dynamicImportSettled()
    await flushPromises()
    const report = desk.get('harness-report')
    expect(report.attributes('open')).toBeUndefined()
    for (const text of ['exact', '0', '7', 'Because.']) expect(report.text()).toContain(text)
    const alone = show(said)
    await flushPromises()
    expect(alone.get('harness-report').attributes('open')).toBeDefined()
    expect(show().has('failure-reason')).toBe(false)
  })
})

describe('the ways to look at it', () => {
  it('I shows what is invisible, on this card and the next', async () => {
    const desk = show({ model_response: 'a\u00a0b' })
    expect(desk.get('toggle-invisibles').text()).toBe('1')
    await desk.key('i')
    expect(desk.get('response').find('[role=img]').attributes('title')).toBe('No-break space (U+00A0)')
    expect(desk.get('toggle-invisibles').attributes('aria-pressed')).toBe('true')
    desk.wrapper.unmount()
    const next = show({ model_response: 'c\u00a0d' })
    expect(next.get('response').find('[role=img]').exists()).toBe(true)
    await next.click('toggle-invisibles')
    expect(next.get('response').find('[role=img]').exists()).toBe(false)
  })

  it('the rendered view is remembered, and turns off when invisible characters are shown', async () => {
    const desk = show({ model_response: 'See **this**\u00a0' })
    await desk.click('toggle-rendered')
    await until(() => desk.has('rendered'))
    desk.wrapper.unmount()
    const next = show({ model_response: '# Also\u00a0' })
    await until(() => next.has('rendered'))
    await next.key('i')
    expect(next.has('rendered')).toBe(false)
    await next.click('toggle-rendered')
    expect(next.has('rendered')).toBe(true)
    expect(next.get('toggle-invisibles').attributes('aria-pressed')).toBe('false')
    await flushPromises()
  })

  it('offers no rendering for text that is neither Markdown nor JSON', () => {
    expect(show({ model_response: 'Plain.' }).has('toggle-rendered')).toBe(false)
  })

  it('folds all but the instructions and the last question of many turns', async () => {
    const desk = show({
      prompt_messages: [
        turn('system', 'Rules'),
        ...[1, 2, 3].flatMap((n) => [turn('user', `Q${n}`), turn('assistant', `A${n}`)]),
        turn('user', 'The question'),
      ],
    })
    const texts = () => desk.wrapper.findAll('[data-testid=turn]').map((one) => one.text())
    expect(texts()).toEqual(['SystemRules', 'AssistantA3', 'UserThe question'])
    expect(desk.get('earlier-turns').text()).toContain('5 earlier turns')
    expect(desk.get('earlier-turns').attributes('aria-expanded')).toBe('false')
    await desk.click('earlier-turns')
    expect(texts()).toHaveLength(8)
    expect(desk.get('earlier-turns').attributes('aria-expanded')).toBe('true')
  })

  it('folds nothing of four turns', () => {
    const desk = show({ prompt_messages: ['a', 'b', 'c', 'd'].map((text) => turn('user', text)) })
    expect(desk.has('earlier-turns')).toBe(false)
    expect(desk.wrapper.findAll('[data-testid=turn]')).toHaveLength(4)
  })

  it('every chip is described by its meaning', async () => {
    const desk = show()
    await desk.key('d')
    for (const { value, meaning } of CATEGORIES) {
      const described = desk.get(`chip-${value}`).attributes('aria-describedby')!
      expect(document.getElementById(described)?.textContent).toBe(meaning)
      await desk.get(`chip-${value}`).trigger('focus')
      expect(desk.get('category-meaning').text()).toContain(meaning)
      await desk.get(`chip-${value}`).trigger('blur')
    }
  })

  it('Esc in a find field does not cancel the step', async () => {
    const desk = show({ model_response: 'word '.repeat(2000) })
    await desk.key('d')
    await desk.click('find-open')
    await until(() => desk.has('find-words'))
    await desk.key('Escape', {}, desk.get('find-words').element)
    expect(desk.step()).toBe('discard')
  })
})
