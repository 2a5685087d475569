import { afterEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import type { Proposal } from '@/api/types'
import { proposalsShown } from '@/kit/proposalsShown'
import { fakeServer } from '@/testing/fakeServer'
import { showCard as show } from '@/testing/showCard'
import { until } from '@/testing/until'

vi.mock('./CorrectionEditor.vue', () => {
  throw new Error('not to be had')
})

const ACCEPT: Proposal = {
  rule: 'equal_but_for_case',
  action: 'accept',
  category: 'scoring_artifact',
  corrected_response: null,
  why: 'equal but for case',
}
const CORRECT: Proposal = {
  rule: 'other_number',
  action: 'correct',
  category: 'wrong_answer',
  corrected_response: 'a\n225',
  why: 'another number',
}
const SHOWN = { rule: 'equal_but_for_case', action: 'accept', category: 'scoring_artifact' }

afterEach(() => (proposalsShown.value = true))

describe('a proposal', () => {
  it('stands on the button of its action, and P decides in one press', async () => {
    const desk = show({ proposal: ACCEPT })
    await until(() => desk.has('proposal'))
    expect(desk.get('proposal').text()).toContain('equal but for case')
    expect(desk.get('proposal').attributes('aria-label')).toBe(
      'Proposal: Accept, Scoring artifact. Because: equal but for case',
    )
    await desk.key('p')
    expect(desk.sent()).toEqual([
      {
        id: 'c1',
        action: 'accept',
        failure_category: 'scoring_artifact',
        proposed: { ...SHOWN, taken: true, after_action: false },
      },
    ])
  })

  it('of a correction sends the reference, with the line ends of the response', async () => {
    const desk = show({ proposal: CORRECT, model_response: 'x\r\n12' })
    await until(() => desk.has('proposal'))
    expect(desk.get('proposal').text()).toContain('reference')
    await desk.click('proposal')
    expect(desk.sent()).toEqual([
      {
        id: 'c1',
        action: 'correct',
        failure_category: 'wrong_answer',
        corrected_response: 'a\r\n225',
        proposed: {
          rule: 'other_number',
          action: 'correct',
          category: 'wrong_answer',
          taken: true,
          after_action: false,
        },
      },
    ])
  })

  it('that was shown is kept with any other decision', async () => {
    const desk = show({ proposal: ACCEPT })
    await desk.key('d')
    expect(desk.has('proposal')).toBe(false)
    await desk.key('p')
    await desk.key('4')
    await desk.key('Enter', {}, document.body)
    expect(desk.sent()).toEqual([
      {
        id: 'c1',
        action: 'discard',
        failure_category: 'wrong_answer',
        proposed: { ...SHOWN, taken: false, after_action: false },
      },
    ])
  })

  it.each([
    ['while a text is begun', { draft: { editing: false, text: 'typed', category: null, note: '' } }, true],
    [
      'on a decision that is revised',
      {
        standing: {
          decision_id: 1,
          action: 'discard' as const,
          corrected_response: null,
          failure_category: null,
          note: null,
          check_fault: null,
          corrected_reference: null,
          tags: [],
          must: [],
          must_not: [],
        },
      },
      true,
    ],
    ['if the reviewer wants none', {}, false],
  ])('is not there %s', async (_when, props, wanted) => {
    proposalsShown.value = wanted
    const desk = show({ proposal: ACCEPT }, props)
    await nextTick()
    expect(desk.has('proposal')).toBe(false)
    await desk.key('p')
    expect(desk.sent()).toEqual([])
  })
})

describe('on a card of a sample', () => {
  const likeness = { reference: 0, differences: ['case' as const], says: 'Equals it but for case.' }

  function sampled() {
    const server = fakeServer({ 'GET /card/proposal c1': () => ({ json: { proposal: ACCEPT, likeness } }) })
    return { server, ...show({ is_withheld: true, reference: 'Lima', model_response: 'LIMA' }) }
  }

  it('nothing is asked or shown before an action has begun, and then it says so', async () => {
    const desk = sampled()
    await nextTick()
    await desk.key('p')
    expect([desk.has('proposal'), desk.has('likeness'), desk.server.to('GET /card/proposal c1')]).toEqual([
      ...[false, false, []],
    ])
    await desk.key('d')
    await until(() => desk.has('proposal') && desk.has('likeness'))
    await desk.key('Escape')
    await until(() => desk.has('proposal'))
    await desk.key('f')
    await desk.key('p')
    const proposed = { ...SHOWN, taken: true, after_action: true }
    expect(desk.sent()).toEqual([
      { id: 'c1', action: 'accept', failure_category: 'scoring_artifact', proposed },
    ])
    expect(desk.server.to('GET /card/proposal c1')).toHaveLength(1)
  })

  it('a decision made before it came says nothing of it', async () => {
    const desk = sampled()
    await desk.key('a')
    expect(desk.sent()).toEqual([{ id: 'c1', action: 'accept' }])
  })
})

describe('a digit at rest', () => {
  it('begins a correction from the reference, then as the last step was begun', async () => {
    const desk = show({ reference: 'Lima', model_response: 'Quito' })
    await desk.key('4')
    expect([desk.step(), desk.chosen()]).toEqual(['correct', ['wrong_answer']])
    await desk.key('Enter', { ctrlKey: true }, document.body)
    expect(desk.sent()[0]).toMatchObject({ corrected_response: 'Lima', failure_category: 'wrong_answer' })
    await desk.key('Escape')
    await desk.key('d')
    await desk.key('Escape')
    await desk.key('5')
    expect([desk.step(), desk.chosen()]).toEqual(['discard', ['format_error']])
    await desk.key('5')
    expect(desk.chosen()).toEqual([])
  })
})

/** What is marked in the comparison, and as whose. */
function only(desk: ReturnType<typeof show>, where: string): string[] {
  const found = desk.get('compared').findAll(where)
  return found.map((one) => `${one.attributes('data-only')} ${one.text()}`)
}

describe('the response beside the reference', () => {
  it('a line says what differs, and = shows where', async () => {
    const likeness = { reference: 1, differences: ['case' as const], says: 'Equals it but for case.' }
    const desk = show({ reference: ['Quito', 'Lima'], model_response: 'LIMA', likeness })
    await until(() => desk.has('likeness'))
    expect(desk.get('likeness').text()).toBe('Equals it but for case.')
    await desk.key('=')
    await until(() => desk.has('compared'))
    expect(only(desk, 'dd')).toEqual(['answer LIMA', 'reference Lima'])
    await desk.key('=')
    expect(desk.has('compared')).toBe(false)
  })

  it('what only the reference has is marked, not struck, and a legend says which is which', async () => {
    const desk = show({ reference: 'It costs 14.40 euros.', model_response: 'It costs 8.40 euros.' })
    await desk.key('=')
    await until(() => desk.has('compared'))
    expect(only(desk, '.compared mark')).toEqual(['reference 14.40', 'answer 8.40'])
    expect(desk.get('compared').find('del').exists()).toBe(false)
    expect(desk.get('compared-legend').text()).toBe('Only in the response · only in the reference')
  })

  it('without a reference there is nothing to compare', async () => {
    const desk = show()
    await desk.key('=')
    expect([desk.has('compare'), desk.has('compared')]).toEqual([false, false])
  })
})
