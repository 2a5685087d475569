import { describe, expect, it, vi } from 'vitest'
import { showCard } from '@/testing/showCard'

vi.mock('./CorrectionEditor.vue', () => {
  throw new Error('not to be had')
})

const passed = { outcome: 'passed' } as const

describe('a card that the check passed', () => {
  it('says so, and accepting it says that it passed rightly, without a category', async () => {
    const desk = showCard(passed)
    expect(desk.get('outcome').text()).toContain('The check passed it')
    expect(desk.get('action-accept').text()).toContain('Rightly passed')
    await desk.key('a')
    expect(desk.sent()).toEqual([{ id: 'c1', action: 'accept' }])
  })

  it('is no artifact of a check that was too strict, and the other digits stay', async () => {
    const desk = showCard(passed)
    await desk.key('d')
    expect(desk.has('chip-scoring_artifact')).toBe(false)
    expect(desk.get('category-meaning').text()).toBe('Why should it have failed? Optional.')
    await desk.key('1')
    await desk.key('4')
    await desk.key('d')
    expect(desk.sent()).toEqual([{ id: 'c1', action: 'discard', failure_category: 'wrong_answer' }])
  })

  it('loses no category on the way over Rightly passed, which takes none', async () => {
    const desk = showCard(passed)
    await desk.key('f')
    await desk.key('6')
    await desk.key('a')
    expect(desk.has('chips')).toBe(false)
    expect(desk.get('confirm').text()).toContain('Rightly passed')
    await desk.key('2')
    await desk.key('a')
    await desk.key('f')
    await desk.key('f')
    expect(desk.sent()).toEqual([
      { id: 'c1', action: 'accept', failure_category: null },
      { id: 'c1', action: 'flag', failure_category: 'hallucination' },
    ])
  })

  it('that is left as it is after all goes as rightly passed', async () => {
    const desk = showCard(passed)
    await desk.key('c')
    await desk.editor()
    await desk.key('4', { altKey: true })
    await desk.click('submit-correction')
    await desk.click('accept-instead')
    expect(desk.sent()).toEqual([{ id: 'c1', action: 'accept' }])
  })
})

it.each([
  ['errored', 'Could not be scored: an error'],
  ['unscored', 'Could not be scored'],
] as const)('what %s says that it could not be scored', (outcome, says) => {
  const desk = showCard({ outcome })
  expect(desk.get('outcome').text()).toBe(says)
  expect(desk.get('action-accept').text()).toContain('Accept')
})

it('a failure says nothing of its outcome: it is what a queue holds', () => {
  expect(showCard().has('outcome')).toBe(false)
})
