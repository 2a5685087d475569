import { describe, expect, it, vi } from 'vitest'
import { showCard as show } from '@/testing/showCard'
import { until } from '@/testing/until'
import type { Standing } from './decision'

vi.mock('./CorrectionEditor.vue', () => {
  throw new Error('not to be had')
})

function wideScreen(wide: boolean): void {
  vi.stubGlobal('matchMedia', () => ({
    matches: wide,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }))
}

describe('starting from the reference', () => {
  it('R opens the editor with it', async () => {
    const desk = show({ reference: 'tac' })
    await desk.key('r')
    const field = await desk.editor()
    expect(field.value).toBe('tac')
    expect(document.activeElement).toBe(field)
    await desk.key('Enter', { ctrlKey: true })
    expect(desk.sent()[0]).toMatchObject({ action: 'correct', corrected_response: 'tac' })
  })

  it('of several one is chosen first', async () => {
    const desk = show({ reference: ['tac', 'TAC'] })
    expect(desk.get('reference').text()).toContain('Accepted: any of these 2')
    await desk.key('r')
    const choices = () => document.querySelectorAll<HTMLElement>('[data-testid="reference-choice"]')
    await until(() => choices().length === 2)
    expect(desk.step()).toBe('rest')
    choices()[1]!.click()
    expect((await desk.editor()).value).toBe('TAC')
  })

  it('and so does the button; there is none without a reference', async () => {
    const desk = show({ reference: { a: 1 } })
    await desk.click('start-from-reference')
    expect((await desk.editor()).value).toBe('{\n  "a": 1\n}')
    const without = show()
    expect(without.has('start-from-reference')).toBe(false)
    await without.key('r')
    expect(without.step()).toBe('rest')
  })

  it('over a text that was typed it asks first, and the text can be brought back', async () => {
    const desk = show({ reference: 'tac' })
    await desk.key('c')
    await desk.type('Mine')
    await desk.click('start-from-reference')
    expect(desk.get('question').text()).toBe('Replace what you typed with the reference?')
    expect((await desk.editor()).value).toBe('Mine')
    await desk.key('Escape')
    expect(desk.has('question')).toBe(false)
    await desk.click('start-from-reference')
    expect(document.activeElement).toBe(desk.get('keep-editing').element)
    await desk.key('r')
    expect((await desk.editor()).value).toBe('tac')
    await desk.click('bring-back')
    expect((await desk.editor()).value).toBe('Mine')
  })

  it('asks for a draft at rest too', async () => {
    const draft = { editing: false, text: 'Mine', category: null, note: '' }
    const desk = show({ reference: 'tac' }, { draft })
    await desk.key('r')
    expect(desk.has('question')).toBe(true)
    await desk.click('replace-text')
    expect((await desk.editor()).value).toBe('tac')
  })

  it('an untouched reference asks nothing and leaves no draft', async () => {
    const desk = show({ reference: 'tac' })
    await desk.key('r')
    await desk.key('Escape')
    expect(desk.step()).toBe('rest')
    expect(desk.has('draft-hint')).toBe(false)
  })

  it('R does nothing while a discard is pending', async () => {
    const desk = show({ reference: 'tac' })
    await desk.key('d')
    await desk.key('r')
    expect(desk.step()).toBe('discard')
  })
})

describe('what was typed stays', () => {
  const draft = { editing: false, text: 'Mine', category: 'wrong_answer', note: '' } as const

  it.each(['d', 'f'])('%s and Esc drop the step and the category, never the text', async (key) => {
    const desk = show({}, { draft })
    await desk.key(key)
    await desk.key('Escape')
    expect(desk.step()).toBe('rest')
    expect(desk.wrapper.emitted('draft')!.at(-1)).toEqual([{ ...draft, category: null }])
    await desk.key('c')
    expect((await desk.editor()).value).toBe('Mine')
  })

  it('the model’s text can be restored, and that undone', async () => {
    const desk = show({}, { draft })
    await desk.key('c')
    await desk.click('reset-text')
    expect((await desk.editor()).value).toBe('Answer c1')
    await desk.click('bring-back')
    expect((await desk.editor()).value).toBe('Mine')
  })

  it('a text that was thrown away does not come back', async () => {
    const desk = show({}, { draft })
    await desk.key('c')
    await desk.key('Escape')
    await desk.click('throw-away')
    expect(desk.wrapper.emitted('draft')!.at(-1)).toEqual([
      { editing: false, text: null, category: null, note: '' },
    ])
  })
})

describe('side by side', () => {
  it('by button and by Alt+V, remembered, in the editor only', async () => {
    wideScreen(true)
    const desk = show()
    expect((await desk.key('v', { altKey: true })).defaultPrevented).toBe(true)
    await desk.key('c')
    expect(desk.get('toggle-view').text()).toContain('Side by side')
    await desk.key('v', { altKey: true }, await desk.editor())
    expect(desk.get('toggle-view').text()).toContain('In one text')
    // Option types this character on a Mac, so the editor must receive it.
    expect((await desk.key('√', { code: 'KeyV', altKey: true })).defaultPrevented).toBe(false)
    expect(desk.get('toggle-view').text()).toContain('In one text')
    desk.wrapper.unmount()
    const next = show()
    await next.key('c')
    expect(next.get('toggle-view').text()).toContain('In one text')
    await next.click('toggle-view')
    expect(next.get('toggle-view').text()).toContain('Side by side')
  })

  it('not where there is no room', async () => {
    wideScreen(false)
    const desk = show()
    await desk.key('c')
    expect(desk.has('toggle-view')).toBe(false)
  })
})

describe('revising a decision', () => {
  function revise(standing: Partial<Standing>, reference: string | null = null) {
    return show(
      { reference },
      {
        standing: {
          decision_id: 7,
          action: 'discard',
          corrected_response: null,
          failure_category: 'wrong_answer',
          note: null,
          check_fault: null,
          corrected_reference: null,
          tags: [],
          must: [],
          must_not: [],
          ...standing,
        },
      },
    )
  }

  it.each(['accept', 'discard', 'flag'] as const)('starts in the step of its action: %s', async (action) => {
    const desk = revise({ action, note: 'old' })
    expect(desk.step()).toBe(action)
    expect(desk.chosen()).toEqual(['wrong_answer'])
    expect(desk.get('confirm').text()).toContain('Save revision')
    expect(desk.get('standing').text()).toContain('Wrong answer')
    await desk.key('2')
    await desk.key('Enter', {}, document.body)
    expect(desk.sent()).toEqual([
      { id: 'c1', action, failure_category: 'style_violation', note: 'old', revises: 7 },
    ])
  })

  it('a correction opens with its text', async () => {
    const desk = revise({ action: 'correct', corrected_response: 'Mine' })
    const field = await desk.editor()
    expect(field.value).toBe('Mine')
    expect(desk.wrapper.emitted('draft')).toBeUndefined()
    await desk.type('Mine, better')
    await desk.key('Enter', { ctrlKey: true })
    expect(desk.sent()).toEqual([
      {
        id: 'c1',
        action: 'correct',
        corrected_response: 'Mine, better',
        failure_category: 'wrong_answer',
        revises: 7,
      },
    ])
  })

  it('can become another action, and an accept is no single press here', async () => {
    const desk = revise({})
    await desk.key('Escape')
    expect(desk.step()).toBe('rest')
    expect(desk.has('action-skip')).toBe(false)
    await desk.key('a')
    expect(desk.sent()).toEqual([])
    await desk.key('6')
    await desk.key('a')
    expect(desk.sent()).toEqual([
      { id: 'c1', action: 'accept', failure_category: 'hallucination', revises: 7 },
    ])
  })

  it('says so when nothing was changed', async () => {
    const desk = revise({ action: 'correct', corrected_response: 'Mine', note: 'n' })
    await desk.editor()
    await desk.click('submit-correction')
    expect(desk.sent()).toEqual([])
    expect(desk.get('question').text()).toContain('differs from the current decision')
    await desk.key('1', { altKey: true })
    await desk.click('submit-correction')
    expect(desk.sent()).toHaveLength(1)
  })

  it('what stands is no draft, what was changed in it is', async () => {
    const desk = revise({ note: 'old' })
    await desk.key('Escape')
    expect(desk.wrapper.emitted('draft')?.at(-1) ?? [null]).not.toContainEqual(
      expect.objectContaining({ note: 'old' }),
    )
    await desk.get('note').setValue('new')
    expect(desk.wrapper.emitted('draft')!.at(-1)).toMatchObject([{ note: 'new', text: null }])
    desk.wrapper.unmount()
    const draft = { editing: false, text: null, category: null, note: 'new' }
    const standing = desk.wrapper.props('standing')!
    const again = show({}, { standing, draft })
    expect(again.chosen()).toEqual(['wrong_answer'])
    expect((again.get('note').element as HTMLTextAreaElement).value).toBe('new')
  })

  it('Esc at rest leaves it as it is', async () => {
    const desk = revise({})
    await desk.key('Escape')
    await desk.key('Escape')
    expect(desk.wrapper.emitted('close')).toHaveLength(1)
    await desk.click('action-close')
    expect(desk.wrapper.emitted('close')).toHaveLength(2)
    await desk.key('s')
    expect(desk.wrapper.emitted('skip')).toBeUndefined()
  })
})

it('the keys of the page around the card are in the one table, and left alone without a handler', async () => {
  const { REVIEW_KEYS, commandOf } = await import('@/kit/useReviewKeys')
  for (const [key, command] of [
    ['h', 'history'],
    ['/', 'search'],
    ['g', 'similar'],
  ] as const) {
    expect(REVIEW_KEYS.find((entry) => entry.command === command)?.key).toBe(key)
    expect(commandOf(new KeyboardEvent('keydown', { key }))?.command).toBe(command)
  }
  const desk = show()
  expect((await desk.key('h')).defaultPrevented).toBe(false)
})
