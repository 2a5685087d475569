import { describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { card } from '@/testing/fixtures'
import { press } from '@/testing/press'
import { showCard as show } from '@/testing/showCard'

vi.mock('./CorrectionEditor.vue', () => {
  throw new Error('not to be had')
})

describe('the keyboard does what the mouse does', () => {
  it('A accepts in one press', async () => {
    const desk = show()
    await desk.key('a')
    expect(desk.sent()).toEqual([{ id: 'c1', action: 'accept' }])
  })

  it.each([
    ['d', 'discard'],
    ['f', 'flag'],
  ])('%s, a digit and Enter: %s with a category', async (key, action) => {
    const desk = show()
    await desk.key(key)
    expect(desk.step()).toBe(action)
    expect(desk.sent()).toEqual([])
    await desk.key('4')
    await desk.key('Enter', {}, document.body)
    expect(desk.sent()).toEqual([{ id: 'c1', action, failure_category: 'wrong_answer' }])
  })

  it.each([
    ['d', 'discard'],
    ['f', 'flag'],
  ])('%s twice: %s without one', async (key, action) => {
    const desk = show()
    await desk.key(key)
    await desk.key(key)
    expect(desk.sent()).toEqual([{ id: 'c1', action, failure_category: null }])
  })

  it('another verdict takes the place of the one begun, with its category and note', async () => {
    const desk = show()
    await desk.key('d')
    await desk.key('4')
    await desk.key('n')
    await desk.get('note').setValue('why')
    ;(desk.get('confirm').element as HTMLElement).focus()
    for (const [key, step] of [
      ['f', 'flag'],
      ['a', 'accept'],
      ['d', 'discard'],
      ['c', 'correct'],
    ] as const) {
      await desk.key(key)
      expect(desk.step()).toBe(step)
      expect(desk.chosen()).toEqual(['wrong_answer'])
    }
    await desk.type('Better')
    ;(desk.get('reset-text').element as HTMLElement).focus()
    await desk.key('f')
    expect(document.activeElement).toBe(desk.get('confirm').element)
    expect(desk.sent()).toEqual([])
    await desk.key('c')
    expect((await desk.editor()).value).toBe('Better')
    ;(desk.get('reset-text').element as HTMLElement).focus()
    await desk.key('a')
    await desk.key('a')
    expect(desk.get('question').text()).toBe('Throw away what you typed?')
    await desk.key('Escape')
    expect(document.activeElement).toBe(desk.get('confirm').element)
    expect(desk.sent()).toEqual([])
    await desk.key('a')
    await desk.key('t')
    expect(desk.sent()).toEqual([
      { id: 'c1', action: 'accept', failure_category: 'wrong_answer', note: 'why' },
    ])
  })

  it('the keys around the card change no pending action', async () => {
    const desk = show()
    await desk.key('d')
    for (const key of ['s', 'b', 'r', 't']) await desk.key(key)
    expect(desk.step()).toBe('discard')
    expect(desk.sent()).toEqual([])
    expect(desk.wrapper.emitted('skip')).toBeUndefined()
  })

  it('the same digit again clears', async () => {
    const desk = show()
    await desk.key('d')
    await desk.key('2')
    expect(desk.chosen()).toEqual(['style_violation'])
    await desk.key('2')
    expect(desk.chosen()).toEqual([])
  })

  it('a digit keeps the category that an undo brought back; twice it clears', async () => {
    const draft = { editing: false, text: null, category: 'wrong_answer', note: '' } as const
    const desk = show({}, { draft })
    await desk.key('d')
    expect(desk.chosen()).toEqual(['wrong_answer'])
    await desk.key('4')
    expect(desk.chosen()).toEqual(['wrong_answer'])
    await desk.key('4')
    expect(desk.chosen()).toEqual([])
    await desk.click('chip-wrong_answer')
    await desk.click('chip-wrong_answer')
    expect(desk.chosen()).toEqual([])
  })

  it('Esc goes one step back and clears the category', async () => {
    const desk = show()
    await desk.key('d')
    await desk.key('4')
    await desk.key('Escape')
    expect(desk.step()).toBe('rest')
    await desk.key('d')
    expect(desk.chosen()).toEqual([])
  })

  it('the list of other verdicts does with the mouse what their keys do: category, note and text stay', async () => {
    const desk = show()
    const rather = async (step: string) => {
      expect(
        desk
          .get('another-verdict')
          .findAll('option')
          .map((one) => one.element.value),
      ).not.toContain(desk.step())
      await desk.get('another-verdict').setValue(step)
      await nextTick()
    }
    await desk.click('action-discard')
    await desk.click('chip-wrong_answer')
    await desk.click('action-note')
    await desk.get('note').setValue('seen twice')
    await rather('flag')
    expect([desk.step(), desk.chosen()]).toEqual(['flag', ['wrong_answer']])
    expect(document.activeElement).toBe(desk.get('confirm').element)
    await rather('correct')
    expect(document.activeElement).toBe(await desk.editor())
    await desk.type('Better')
    await rather('accept')
    await rather('correct')
    await desk.click('submit-correction')
    expect(desk.sent()).toEqual([
      {
        id: 'c1',
        action: 'correct',
        corrected_response: 'Better',
        failure_category: 'wrong_answer',
        note: 'seen twice',
      },
    ])
  })

  it('C opens the editor, leaves no stray letter, and puts the caret in it', async () => {
    const desk = show()
    const event = await desk.key('c')
    expect(event.defaultPrevented).toBe(true)
    const field = await desk.editor()
    expect(field.value).toBe('Answer c1')
    expect(document.activeElement).toBe(field)
  })

  it('in the editor Alt and a digit pick, plain letters and digits type, Ctrl+Enter submits', async () => {
    const desk = show()
    await desk.key('c')
    await desk.type('Better')
    for (const key of ['d', 'f', 'a', '3', 'Enter'])
      expect((await desk.key(key)).defaultPrevented).toBe(false)
    expect(desk.chosen()).toEqual([])
    await desk.key('1', { altKey: true })
    expect(desk.chosen()).toEqual(['scoring_artifact'])
    await desk.key('Enter', { metaKey: true })
    expect(desk.sent()).toEqual([
      { id: 'c1', action: 'correct', corrected_response: 'Better', failure_category: 'scoring_artifact' },
    ])
  })

  it('S skips, B goes back only where there is a card before', async () => {
    const desk = show({}, { canGoBack: false })
    await desk.key('s')
    await desk.key('b')
    expect(desk.wrapper.emitted('skip')).toHaveLength(1)
    expect(desk.wrapper.emitted('back')).toBeUndefined()
    await desk.wrapper.setProps({ canGoBack: true })
    await desk.key('b')
    expect(desk.wrapper.emitted('back')).toHaveLength(1)
  })

  it('Enter on Cancel is left to that button; Enter on a chip confirms', async () => {
    const desk = show()
    await desk.key('d')
    const cancel = press('Enter', {}, desk.get('cancel').element)
    expect(cancel.defaultPrevented).toBe(false)
    expect(desk.sent()).toEqual([])
    await desk.key('5')
    press('Enter', {}, desk.get('chip-format_error').element)
    expect(desk.sent()).toEqual([{ id: 'c1', action: 'discard', failure_category: 'format_error' }])
  })

  it('the caret waits on the confirming button', async () => {
    const desk = show()
    await desk.key('f')
    expect(document.activeElement).toBe(desk.get('confirm').element)
    expect(desk.get('confirm').text()).toMatch(/^Flag\b(?! model)/)
  })
})

describe('keys ignored', () => {
  it.each([{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { repeat: true }, { isComposing: true }])(
    'with %o',
    async (init) => {
      const desk = show()
      for (const key of ['a', 'd', 'f', 'c', 's'])
        expect((await desk.key(key, init)).defaultPrevented).toBe(false)
      expect(desk.sent()).toEqual([])
      expect(desk.step()).toBe('rest')
    },
  )

  it.each(['<input>', '<textarea></textarea>', '<select></select>', '<div contenteditable="true"></div>'])(
    'in %s',
    (markup) => {
      const desk = show()
      const field = document.createElement('div')
      field.innerHTML = markup
      document.body.append(field)
      for (const key of ['a', 'd', 's', '1'])
        expect(press(key, {}, field.firstElementChild!).defaultPrevented).toBe(false)
      expect(desk.sent()).toEqual([])
      expect(desk.step()).toBe('rest')
    },
  )

  it.each(['dialog', 'menu', 'listbox'])('while a %s is open', (role) => {
    const desk = show()
    const overlay = document.createElement('div')
    overlay.setAttribute('role', role)
    document.body.append(overlay)
    press('a', {}, document.body)
    expect(desk.sent()).toEqual([])
    overlay.remove()
    press('a', {}, document.body)
    expect(desk.sent()).toHaveLength(1)
  })

  it('while a request is in flight', async () => {
    const desk = show({}, { busy: true })
    for (const key of ['a', 'd', 'f', 'c', 's']) await desk.key(key)
    expect(desk.sent()).toEqual([])
    expect(desk.step()).toBe('rest')
  })

  it('holding D never decides', async () => {
    const desk = show()
    await desk.key('d')
    for (let n = 0; n < 10; n += 1) await desk.key('d', { repeat: true })
    expect(desk.sent()).toEqual([])
  })

  it('once the card is gone', async () => {
    const desk = show()
    desk.wrapper.unmount()
    expect(press('a', {}, document.body).defaultPrevented).toBe(false)
  })
})

it('on a keyboard without Latin letters the position counts, with capitals the letter', async () => {
  const desk = show()
  await desk.key('в', { code: 'KeyD' })
  expect(desk.step()).toBe('discard')
  await desk.key('D', { code: 'KeyD' })
  expect(desk.sent()).toHaveLength(1)
})

it('the focus follows the cards only after an action', () => {
  show()
  expect(document.activeElement).toBe(document.body)
  const desk = show({ id: card('c9').id }, { takeFocus: true })
  expect(document.activeElement).toBe(desk.get('card').element)
})
