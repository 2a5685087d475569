import { mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { card } from '@/testing/fixtures'
import { showCard as show } from '@/testing/showCard'
import { until } from '@/testing/until'
import { CATEGORIES } from '@/words/categories'
import SftCard from './SftCard.vue'

// happy-dom does not support CodeMirror's selection, so the plain field that replaces a failed editor is used. The
// editor is tested by its own spec and by the browser tests.
vi.mock('./CorrectionEditor.vue', () => {
  throw new Error('not to be had')
})

describe('the chips', () => {
  it('chips hidden until an action begins', async () => {
    const desk = show()
    expect(desk.has('chips')).toBe(false)
    await desk.click('action-accept')
    expect(desk.sent()).toEqual([{ id: 'c1', action: 'accept' }])
  })

  it.each(['correct', 'discard', 'flag'])('chips visible in all three flows: %s', async (action) => {
    const desk = show()
    await desk.click(`action-${action}`)
    for (const { value, label } of CATEGORIES) expect(desk.get(`chip-${value}`).text()).toContain(label)
    expect(desk.chosen()).toEqual([])
  })

  it('single choice', async () => {
    const desk = show()
    await desk.click('action-discard')
    await desk.click('chip-wrong_answer')
    await desk.click('chip-format_error')
    expect(desk.chosen()).toEqual(['format_error'])
    await desk.click('chip-format_error')
    expect(desk.chosen()).toEqual([])
  })

  it.each(['correct', 'discard', 'flag'])('cleared by cancel: %s', async (action) => {
    const desk = show()
    await desk.click(`action-${action}`)
    await desk.click('chip-wrong_answer')
    await desk.click('cancel')
    expect(desk.has('chips')).toBe(false)
    await desk.click(`action-${action}`)
    expect(desk.chosen()).toEqual([])
  })

  it.each(['discard', 'flag'] as const)('carried in every payload: %s', async (action) => {
    const desk = show()
    await desk.click(`action-${action}`)
    await desk.click('chip-hallucination')
    expect(desk.sent()).toEqual([])
    await desk.click('confirm')
    expect(desk.sent()).toEqual([{ id: 'c1', action, failure_category: 'hallucination' }])
  })

  it('carried in every payload: correct. A chip chosen before correcting appears in the submitted payload', async () => {
    const desk = show()
    await desk.click('action-correct')
    await desk.click('chip-partial_answer')
    await desk.type('Better')
    await desk.click('submit-correction')
    expect(desk.sent()).toEqual([
      { id: 'c1', action: 'correct', corrected_response: 'Better', failure_category: 'partial_answer' },
    ])
  })

  it.each(['discard', 'flag'] as const)('is never required: %s sends null', async (action) => {
    const desk = show()
    await desk.click(`action-${action}`)
    await desk.click('confirm')
    expect(desk.sent()).toEqual([{ id: 'c1', action, failure_category: null }])
  })

  it('a correction without one sends null', async () => {
    const desk = show()
    await desk.click('action-correct')
    await desk.type('Better')
    await desk.click('submit-correction')
    expect(desk.sent()[0]).toMatchObject({ corrected_response: 'Better', failure_category: null })
  })

  it('tells the meaning of the one that is chosen', async () => {
    const desk = show()
    await desk.click('action-flag')
    expect(desk.get('category-meaning').text()).toContain('Optional')
    await desk.key('6')
    expect(desk.get('category-meaning').text()).toContain('invented facts')
  })
})

describe('correcting', () => {
  it('opens with the model’s text in the editor', async () => {
    const desk = show({ model_response: 'The model said this' })
    await desk.click('action-correct')
    await desk.type('x')
    await desk.click('reset-text')
    expect((await desk.editor()).value).toBe('The model said this')
  })

  it('asks before an unchanged text is sent, and accepts instead with the chosen category', async () => {
    const desk = show()
    await desk.click('action-correct')
    await desk.key('3', { altKey: true })
    await desk.key('Enter', { ctrlKey: true })
    expect(desk.sent()).toEqual([])
    expect(desk.get('question').text()).toBe('Nothing changed: accept it instead?')
    await desk.click('accept-instead')
    expect(desk.sent()).toEqual([{ id: 'c1', action: 'accept', failure_category: 'partial_answer' }])
  })

  it('does not send an empty text', async () => {
    const desk = show()
    await desk.click('action-correct')
    await desk.type('  \n')
    await desk.click('submit-correction')
    expect(desk.sent()).toEqual([])
    expect(desk.get('question').text()).toContain('nothing to see')
    await desk.type('Better')
    await desk.click('submit-correction')
    expect(desk.sent()).toHaveLength(1)
  })

  it('Esc asks only when typed text would be lost', async () => {
    const desk = show()
    await desk.click('action-correct')
    await desk.key('Escape')
    expect(desk.step()).toBe('rest')
    await desk.click('action-correct')
    await desk.type('Typed')
    await desk.key('Escape')
    expect(desk.step()).toBe('correct')
    expect(desk.get('question').text()).toBe('Throw away what you typed?')
    await desk.key('Escape')
    expect(desk.has('question')).toBe(false)
    expect((await desk.editor()).value).toBe('Typed')
    await desk.key('Escape')
    await desk.click('throw-away')
    expect(desk.step()).toBe('rest')
    await desk.click('action-correct')
    expect((await desk.editor()).value).toBe('Answer c1')
  })

  it('hands every change over as a draft and opens again with it', async () => {
    const desk = show()
    await desk.click('action-correct')
    await desk.type('Half way')
    await desk.key('5', { altKey: true })
    const draft = { editing: true, text: 'Half way', category: 'format_error', note: '' } as const
    expect(desk.wrapper.emitted('draft')!.at(-1)).toEqual([draft])
    desk.wrapper.unmount()
    const again = show({}, { draft })
    expect(again.step()).toBe('correct')
    expect((await again.editor()).value).toBe('Half way')
    expect(again.chosen()).toEqual(['format_error'])
  })

  it('a card that came back by undo rests; Correct finds its text and category again', async () => {
    const desk = show({}, { draft: { editing: false, text: 'Mine', category: 'wrong_answer', note: 'n' } })
    expect(desk.step()).toBe('rest')
    expect(desk.has('chips')).toBe(false)
    expect(desk.get('draft-hint').text()).toContain('draft')
    await desk.click('action-correct')
    await desk.key('Enter', { ctrlKey: true })
    expect(desk.sent()).toEqual([
      {
        id: 'c1',
        action: 'correct',
        corrected_response: 'Mine',
        failure_category: 'wrong_answer',
        note: 'n',
      },
    ])
  })
})

describe('state belongs to the card', () => {
  it('a new card starts clean', async () => {
    const host = mount(
      { components: { SftCard }, props: ['item'], template: '<SftCard :key="item.id" :item="item" />' },
      { props: { item: card('c1') }, attachTo: document.body },
    )
    await host.get('[data-testid=action-discard]').trigger('click')
    await host.get('[data-testid=chip-wrong_answer]').trigger('click')
    await host.setProps({ item: card('c2') })
    expect(host.find('[data-testid=chips]').exists()).toBe(false)
    await host.get('[data-testid=action-flag]').trigger('click')
    await host.get('[data-testid=confirm]').trigger('click')
    expect(host.getComponent(SftCard).emitted('submit')![0]).toEqual([
      { id: 'c2', action: 'flag', failure_category: null },
    ])
  })

  it('an error is said and keeps step, category and text', async () => {
    const desk = show()
    await desk.click('action-correct')
    await desk.type('Better')
    await desk.click('chip-wrong_answer')
    await desk.wrapper.setProps({ busy: true })
    await desk.wrapper.setProps({ busy: false, error: 'The disk is full.' })
    expect(desk.get('error-banner').text()).toContain('The disk is full. Nothing was lost')
    expect(desk.step()).toBe('correct')
    expect(desk.chosen()).toEqual(['wrong_answer'])
    await desk.click('submit-correction')
    expect(desk.sent()[0]).toMatchObject({ corrected_response: 'Better', failure_category: 'wrong_answer' })
  })

  it('requests in flight disable the actions, for the mouse and for the keys', async () => {
    const desk = show({}, { busy: true })
    for (const action of ['accept', 'correct', 'discard', 'flag', 'skip']) {
      expect(desk.get(`action-${action}`).attributes('disabled')).toBeDefined()
    }
    await desk.key('a')
    await desk.key('d')
    expect(desk.sent()).toEqual([])
    expect(desk.step()).toBe('rest')
  })

  it('the second click of a double click does nothing', async () => {
    const desk = show()
    const accept = desk.get('action-accept').element
    accept.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }))
    accept.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 2 }))
    expect(desk.sent()).toHaveLength(1)
  })

  it('a note goes with any action', async () => {
    const desk = show()
    await desk.key('n')
    expect(document.activeElement?.id).toBe('note')
    await desk.get('note').setValue(' too terse ')
    await desk.key('Escape')
    await desk.key('a')
    expect(desk.sent()).toEqual([{ id: 'c1', action: 'accept', note: 'too terse' }])
  })
})

describe('the card shows', () => {
  it('nothing where a number or name is missing', () => {
    const desk = show({
      quality_score: null,
      tokens_per_sec: null,
      task_name: null,
      model_name: null,
      timestamp: null,
    })
    expect(desk.has('quality')).toBe(false)
    expect(desk.get('card').get('h1').text()).toBe('c1')
  })

  it('an empty response as one', () => {
    expect(show({ model_response: '' }).get('response').text()).toContain('answered with nothing')
  })

  it('the reference, the reason with its missing patterns, and the machine', () => {
    const desk = show({
      reference: ['tac', 'TAC'],
      failure_reason: 'pattern_match: 1/3 required patterns matched; missing: ["a b", "c"]',
      node_id: 'heimdall',
      gpu_id: '0',
      tokens_per_sec: 38.43,
    })
    expect(desk.get('reference').text()).toContain('TAC')
    expect(
      desk
        .get('failure-reason')
        .findAll('code')
        .map((code) => code.text()),
    ).toEqual(['a b', 'c'])
    expect(desk.get('failure-reason').text()).toContain('1 of 3 required patterns matched')
    expect(desk.get('card').text()).toContain('heimdall · GPU 0 · 38.4 tok/s')
  })

  it('system turns folded and tool turns as what they are', async () => {
    const calls = [{ name: 'get_weather', input: '{\n  "city": "Oslo"\n}' }]
    const desk = show({
      prompt_messages: [
        { role: 'system', content: 'Rules. '.repeat(50) },
        { role: 'assistant', content: null },
        { role: 'tool', content: '{"temp": 4}', name: 'get_weather' },
      ],
      texts: { ...card('c1').texts, turn_calls: [[], calls, []] },
    })
    const turns = desk.wrapper.findAll('[data-testid=turn]')
    expect(turns.map((turn) => turn.get('h3').text())).toEqual([
      'System',
      'Assistant',
      'Tool resultget_weather',
    ])
    const fold = turns[0]!.get('button')
    expect(fold.attributes('aria-expanded')).toBe('false')
    await fold.trigger('click')
    expect(turns[0]!.text()).toContain('Rules. '.repeat(50).trim())
    await until(() => desk.has('tool-call'))
    expect(desk.get('tool-call').text()).toContain('get_weather')
  })

  it('a long response folded, all of it when asked', async () => {
    const desk = show({ model_response: 'word '.repeat(2000) })
    expect(desk.get('response').text().length).toBeLessThan(3000)
    await desk.get('show-all').trigger('click')
    expect(desk.get('response').text()).toContain('word '.repeat(2000).trim())
  })

  it('markup as text', () => {
    const desk = show({ model_response: '<img src=x onerror=alert(1)>' })
    expect(desk.get('response').find('img').exists()).toBe(false)
    expect(desk.get('response').text()).toContain('<img')
  })
})
