import { describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { fakeServer } from '@/testing/fakeServer'
import { showCard } from '@/testing/showCard'
import { until } from '@/testing/until'
import type { Draft } from './drafts'

vi.mock('./CorrectionEditor.vue', () => {
  throw new Error('not to be had')
})

const TAGS = [
  { name: 'off by one', cards: 7 },
  { name: 'units', cards: 3 },
]
const STANDING = {
  decision_id: 7,
  action: 'discard',
  corrected_response: null,
  failure_category: null,
  note: null,
  check_fault: null,
  corrected_reference: null,
  tags: ['units'],
  must: ['12 kg'],
  must_not: [],
} as const

function show(...given: Parameters<typeof showCard>) {
  const server = fakeServer({
    'GET /tags': ({ url }) => {
      const q = url.searchParams.get('q') ?? ''
      return { json: { tags: TAGS.filter(({ name }) => name.includes(q)) } }
    },
  })
  const desk = showCard(...given)
  const field = () => desk.get('tag-field').element as HTMLInputElement
  const drafts = () => (desk.wrapper.emitted('draft') ?? []).map(([draft]) => draft as Draft)
  const tags = () => desk.wrapper.findAll('[data-testid=tag]').map((tag) => tag.text())
  return {
    ...desk,
    ...{ server, field, drafts, tags },
    openTags: async () => {
      await desk.key('#')
      await until(() => desk.has('tag-field') && document.activeElement === field())
    },
    write: async (id: string, text: string) => {
      await desk.get(id).setValue(text)
      await nextTick()
    },
    /** A key in the field itself. */
    press: async (key: string) => {
      await desk.get('tag-field').trigger('keydown', { key })
    },
    openMust: async () => {
      await desk.key('m')
      await until(() => desk.has('must') && document.activeElement === desk.get('lines-must').element)
    },
    met: (kind: string) =>
      desk.wrapper.findAll(`[data-testid=met-${kind}]`).map((line) => line.findAll('.text-good').length),
  }
}

describe('tags', () => {
  it('go with the next action: # opens the field, Enter and a comma add, A sends them', async () => {
    const desk = show()
    expect(desk.has('tag-field')).toBe(false)
    await desk.openTags()
    await desk.write('tag-field', '#Off  by one')
    await desk.press('Enter')
    await desk.write('tag-field', 'units,')
    await desk.write('tag-field', 'OFF BY ONE,')
    expect(desk.tags()).toEqual(['Off by one', 'units'])
    await desk.key('a', {}, desk.get('card').element)
    expect(desk.sent()).toEqual([{ id: 'c1', action: 'accept', tags: ['Off by one', 'units'] }])
  })

  it('Esc drops a tag that was not finished and goes back to the card', async () => {
    const desk = show()
    await desk.openTags()
    await desk.write('tag-field', 'units,')
    await desk.write('tag-field', 'lat')
    await desk.key('Escape', {}, desk.field())
    expect(document.activeElement).toBe(desk.get('card').element)
    expect(desk.tags()).toEqual(['units'])
    expect(desk.field().value).toBe('')
    await desk.key('a')
    expect(desk.sent()).toEqual([{ id: 'c1', action: 'accept', tags: ['units'] }])
  })

  it('are completed from those of the desk, by the arrows and Enter', async () => {
    const desk = show()
    await desk.openTags()
    await desk.write('tag-field', 'u')
    await until(() => desk.wrapper.findAll('[data-testid=tag-option]').length === 1)
    expect(desk.field().getAttribute('aria-expanded')).toBe('true')
    await desk.press('ArrowDown')
    expect(desk.get('tag-option').attributes('aria-selected')).toBe('true')
    expect(desk.field().getAttribute('aria-activedescendant')).toBe(desk.get('tag-option').attributes('id'))
    await desk.press('Enter')
    expect(desk.tags()).toEqual(['units'])
    expect(desk.field().value).toBe('')
  })

  it('Backspace takes the last away, a press its own, and an empty field goes', async () => {
    const desk = show()
    await desk.openTags()
    await desk.write('tag-field', 'a,b,c,')
    await desk.press('Backspace')
    expect(desk.tags()).toEqual(['a', 'b'])
    await desk.click('tag')
    await desk.press('Backspace')
    await desk.press('Enter')
    await nextTick()
    expect(desk.has('tag-field')).toBe(false)
    expect(desk.drafts().at(-1)).not.toHaveProperty('tags')
  })

  it('Esc leaves the field and not the step; Ctrl+Enter sends with the list still open', async () => {
    const desk = show()
    await desk.key('d')
    await desk.openTags()
    await desk.write('tag-field', 'u')
    await until(() => desk.has('tag-option'))
    await desk.key('Escape', {}, desk.field())
    expect(desk.step()).toBe('discard')
    await desk.openTags()
    await desk.write('tag-field', 'o')
    await desk.key('Enter', { ctrlKey: true }, desk.field())
    expect(desk.sent()).toEqual([{ id: 'c1', action: 'discard', failure_category: null, tags: ['o'] }])
  })
})

describe('must lines', () => {
  it('show what the answer and the typed correction contain, and go with the decision', async () => {
    const desk = show({ model_response: 'Sure! It weighs 12  KG.' })
    await desk.openMust()
    await desk.write('lines-must', '12 kg\n5 lb\n\n12 kg')
    await desk.write('lines-must_not', 'sure')
    expect(desk.get('must-met').text()).toBe('The answer meets 1 of 3 lines.')
    expect(desk.met('must')).toEqual([1, 0, 0, 1])
    await desk.key('Escape', {}, desk.get('lines-must').element)
    expect(desk.has('must')).toBe(false)
    expect(document.activeElement).toBe(desk.get('card').element)
    expect(desk.get('action-must').text()).toContain('Must 3')
    await desk.key('c')
    await desk.type('12 kg or 5 lb')
    await desk.click('action-must')
    await until(() => desk.has('must'))
    expect(desk.get('must-met').text()).toBe('The answer meets 1 of 3 lines, your correction 3.')
    expect(desk.met('must')).toEqual([2, 1, 0, 2])
    await desk.key('Enter', { ctrlKey: true }, desk.get('lines-must').element)
    expect(desk.sent()).toEqual([
      {
        ...{ id: 'c1', action: 'correct', corrected_response: '12 kg or 5 lb', failure_category: null },
        ...{ must: ['12 kg', '5 lb'], must_not: ['sure'] },
      },
    ])
  })

  it('that contradict each other are not sent, and the panel says so', async () => {
    const desk = show()
    await desk.openMust()
    await desk.write('lines-must', 'a')
    await desk.write('lines-must_not', 'a')
    await desk.key('Escape', {}, desk.get('lines-must').element)
    await desk.key('a')
    expect(desk.sent()).toEqual([])
    await until(() => desk.has('must-problem'))
    expect(desk.get('must-problem').text()).toContain('“a” stands in both')
  })

  it('take the place of the faults of the check, and give it back', async () => {
    const desk = show()
    await desk.openMust()
    ;(document.activeElement as HTMLElement).blur()
    await desk.key('q')
    await until(() => desk.has('faults'))
    expect(desk.has('must')).toBe(false)
  })
})

describe('tags and must lines', () => {
  it('are kept in the draft, and come from it', async () => {
    const desk = show()
    await desk.openTags()
    await desk.write('tag-field', 'units, half')
    const draft = desk.drafts().at(-1)!
    expect(draft.tags).toEqual(['units', 'half'])
    desk.wrapper.unmount()
    const next = show({}, { draft: { ...draft, must: ['x'], must_not: ['y', 'z'] } })
    await until(() => next.tags().length === 2)
    expect(next.get('action-must').text()).toContain('Must 3')
    await next.key('a')
    expect(next.sent()).toEqual([
      { id: 'c1', action: 'accept', tags: ['units', 'half'], must: ['x'], must_not: ['y', 'z'] },
    ])
  })

  it('of the decision before are part of a revision, and only a change counts as one', async () => {
    const standing = { ...STANDING, tags: ['units'], must: ['12 kg'], must_not: [] }
    const desk = show({}, { standing })
    await until(() => desk.tags().length === 1)
    await desk.key('d')
    expect(desk.get('question').text()).toContain('Nothing differs')
    await desk.click('tag')
    expect(desk.drafts().at(-1)!.tags).toEqual([])
    expect(desk.has('question')).toBe(false)
    ;(document.activeElement as HTMLElement).blur()
    await desk.key('d')
    expect(desk.sent()).toEqual([
      { id: 'c1', action: 'discard', failure_category: null, must: ['12 kg'], revises: 7 },
    ])
  })
})
