import { describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { showCard } from '@/testing/showCard'
import { until } from '@/testing/until'
import type { Draft } from './drafts'

vi.mock('./CorrectionEditor.vue', () => {
  throw new Error('not to be had')
})

/** A card with the faults of the check opened by their key. */
async function show(...given: Parameters<typeof showCard>) {
  const desk = showCard(...given)
  const open = async () => {
    await desk.key('q')
    await until(() => desk.has('faults'))
  }
  const write = async (text: string) => {
    await desk.get('corrected-reference').setValue(text)
    await nextTick()
  }
  const field = () => desk.get('corrected-reference').element as HTMLTextAreaElement
  const drafts = () => (desk.wrapper.emitted('draft') ?? []).map(([draft]) => draft as Draft)
  const isOn = (fault: string) => desk.get(`fault-${fault}`).attributes('data-state') === 'on'
  await open()
  return { ...desk, open, write, field, drafts, isOn }
}

describe('what is wrong with the check', () => {
  it('is said before an action has begun: Q, a digit, and A sends it without a category', async () => {
    const desk = await show()
    await desk.key('1')
    expect(desk.isOn('check_too_strict')).toBe(true)
    expect(desk.get('fault-meaning').text()).toBe('Check too strict: it fails answers that are right')
    expect(desk.get('action-fault').text()).toContain('Check too strict')
    await desk.key('a')
    expect(desk.sent()).toEqual([{ id: 'c1', action: 'accept', check_fault: 'check_too_strict' }])
  })

  it.each([
    ['a', 'accept'],
    ['d', 'discard'],
    ['f', 'flag'],
  ])('once %s has begun it stands beside the category', async (key, action) => {
    const desk = showCard()
    await desk.key('f')
    if (key !== 'f') await desk.key(key)
    await desk.key('4')
    await desk.key('q')
    await until(() => desk.has('faults'))
    await desk.key('4')
    expect(desk.chosen()).toEqual(['wrong_answer'])
    expect(desk.step()).toBe(action)
    await desk.key('Enter', {}, desk.get('fault-question_broken').element)
    expect(desk.sent()).toEqual([
      { id: 'c1', action, failure_category: 'wrong_answer', check_fault: 'question_broken' },
    ])
  })

  it('a correction carries it, picked with Alt and a digit from a text', async () => {
    const desk = showCard({ reference: '4' })
    await desk.key('c')
    await desk.type('Better')
    ;(desk.get('reset-text').element as HTMLElement).focus()
    await desk.key('q')
    await until(() => desk.has('faults'))
    await desk.key('3')
    const field = desk.get('corrected-reference').element as HTMLTextAreaElement
    field.focus()
    await desk.key('5', { altKey: true })
    expect(desk.get('fault-harness_fault').attributes('data-state')).toBe('on')
    expect(desk.chosen()).toEqual([])
    await desk.key('Enter', { ctrlKey: true })
    expect(desk.sent()).toEqual([
      {
        id: 'c1',
        action: 'correct',
        corrected_response: 'Better',
        failure_category: null,
        check_fault: 'harness_fault',
      },
    ])
  })

  it('the same again is none; the digit 6 picks nothing', async () => {
    const desk = await show()
    await desk.key('2')
    await desk.key('6')
    expect(desk.isOn('check_too_lax')).toBe(true)
    await desk.key('2')
    expect(desk.isOn('check_too_lax')).toBe(false)
    await desk.key('a')
    expect(desk.sent()).toEqual([{ id: 'c1', action: 'accept' }])
  })

  it.each(['Escape', 'q', 'Enter'])('%s closes it and goes no further back', async (key) => {
    const desk = showCard()
    await desk.key('d')
    await desk.key('Escape')
    await desk.key('q')
    await until(() => desk.has('faults'))
    await desk.key('5')
    await desk.key(key)
    expect(desk.has('faults')).toBe(false)
    expect(document.activeElement).toBe(desk.get('card').element)
    expect(desk.sent()).toEqual([])
    expect(desk.get('action-fault').text()).toContain('Harness fault')
  })

  it('closes when an action begins, so that digits pick categories again', async () => {
    const desk = await show()
    await desk.key('5')
    await desk.key('d')
    expect(desk.has('faults')).toBe(false)
    await desk.key('4')
    await desk.key('d')
    expect(desk.sent()).toEqual([
      { id: 'c1', action: 'discard', failure_category: 'wrong_answer', check_fault: 'harness_fault' },
    ])
  })

  it('the categories give their digits away while it is open', async () => {
    const desk = showCard()
    await desk.key('d')
    const chip = () => desk.get('chip-wrong_answer').attributes('aria-keyshortcuts')
    expect(chip()).toBe('4 Alt+4')
    await desk.key('q')
    await until(() => desk.has('faults'))
    expect(chip()).toBeUndefined()
    expect(desk.get('fault-question_broken').attributes('aria-keyshortcuts')).toBe('4 Alt+4')
  })

  it('the mouse does the same, and dropping the action keeps it', async () => {
    const desk = showCard()
    await desk.click('action-flag')
    await desk.click('action-fault')
    await until(() => desk.has('faults'))
    await desk.click('fault-check_too_lax')
    await desk.click('close-faults')
    await desk.click('cancel')
    await desk.click('action-accept')
    expect(desk.sent()).toEqual([{ id: 'c1', action: 'accept', check_fault: 'check_too_lax' }])
  })

  it('is kept in the draft, and comes from it', async () => {
    const desk = await show()
    await desk.key('1')
    expect(desk.drafts().at(-1)).toEqual({
      editing: false,
      text: null,
      category: null,
      note: '',
      fault: 'check_too_strict',
    })
    const next = await show({}, { draft: desk.drafts().at(-1)! })
    expect(next.isOn('check_too_strict')).toBe(true)
  })
})

describe('the corrected reference', () => {
  it('starts with the reference, is text where that is text, and is sent only if it was changed', async () => {
    const desk = await show({ reference: 'Paris' })
    expect(desk.has('corrected-reference')).toBe(false)
    await desk.key('3')
    expect(desk.field().value).toBe('Paris')
    await desk.key('a')
    await desk.write('{not JSON')
    await desk.key('a')
    expect(desk.sent()).toEqual([
      { id: 'c1', action: 'accept', check_fault: 'reference_wrong' },
      { id: 'c1', action: 'accept', check_fault: 'reference_wrong', corrected_reference: '{not JSON' },
    ])
    await desk.click('reset-reference')
    expect(desk.field().value).toBe('Paris')
    expect(desk.drafts().at(-1)).not.toHaveProperty('reference')
  })

  it('is JSON where the reference is, and nothing is sent before it is', async () => {
    const desk = await show({ reference: ['Paris', 'paris'] })
    await desk.key('3')
    expect(desk.field().value).toBe('[\n  "Paris",\n  "paris"\n]')
    await desk.write('["Rome"')
    expect(desk.get('reference-problem').text()).toContain(
      'This reference is JSON, and what you typed is not',
    )
    await desk.key('Escape')
    await desk.key('a')
    expect(desk.sent()).toEqual([])
    await until(() => desk.has('faults'))
    await until(() => document.activeElement === desk.field())
    await desk.write('["Rome"]')
    expect(desk.has('reference-problem')).toBe(false)
    desk.field().blur()
    await desk.key('a')
    expect(desk.sent()).toEqual([
      { id: 'c1', action: 'accept', check_fault: 'reference_wrong', corrected_reference: ['Rome'] },
    ])
  })

  it('of digits that a browser would change is refused', async () => {
    const desk = await show({ reference: 7 })
    await desk.key('3')
    await desk.write('9007199254740993')
    expect(desk.get('reference-problem').text()).toContain('9007199254740993')
    await desk.write('"9007199254740993"')
    expect(desk.has('reference-problem')).toBe(false)
  })

  it('stays in the draft as it was typed, even if it is no JSON', async () => {
    const desk = await show({ reference: 7 })
    await desk.key('3')
    await desk.write('[1, ')
    const draft = desk.drafts().at(-1)!
    expect(draft).toMatchObject({ fault: 'reference_wrong', reference: '[1, ' })
    const next = await show({ reference: 7 }, { draft })
    expect(next.field().value).toBe('[1, ')
  })

  it('that stands is part of a revision that changes something else, with its own type', async () => {
    const standing = {
      decision_id: 7,
      action: 'discard',
      corrected_response: null,
      failure_category: null,
      note: null,
      check_fault: 'reference_wrong',
      corrected_reference: { city: 'Rome' },
      tags: [],
      must: [],
      must_not: [],
    } as const
    const desk = await show({ reference: 'Paris' }, { standing })
    expect(desk.field().value).toBe('{\n  "city": "Rome"\n}')
    await desk.key('Escape')
    await desk.key('d')
    expect(desk.get('question').text()).toContain('Nothing differs')
    await desk.open()
    await desk.write('')
    desk.field().blur()
    await desk.key('d')
    expect(desk.sent()).toEqual([
      { id: 'c1', action: 'discard', failure_category: null, check_fault: 'reference_wrong', revises: 7 },
    ])
  })
})
