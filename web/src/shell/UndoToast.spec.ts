import { mount } from '@vue/test-utils'
import { beforeEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { card } from '@/testing/fixtures'
import type { SftToast } from './toastStore'
import UndoToast from './UndoToast.vue'

beforeEach(() => void vi.useFakeTimers())

const done = (id: number): SftToast => ({
  id,
  kind: 'action',
  again: false,
  last: {
    type: 'discard',
    item: card('c1', { task_name: 'Spell “cat” backwards' }),
    category: 'scoring_artifact',
    decision_id: 1,
  },
})

function show(toast: SftToast | null) {
  const wrapper = mount(UndoToast, { props: { toast, busy: false, next: 'Card c2' } })
  return { wrapper, find: () => wrapper.find('[data-testid=toast]') }
}

async function wait(ms: number) {
  vi.advanceTimersByTime(ms)
  await nextTick()
}

it('says what was done, to what and why, and undoes', async () => {
  const { wrapper, find } = show(done(1))
  expect(find().text()).toContain('Discarded Spell “cat” backwards · Scoring artifact')
  await wrapper.get('[data-testid=toast-undo]').trigger('click')
  expect(wrapper.emitted('undo')).toHaveLength(1)
})

it.each([
  ['discard', 'wrong_answer', 'harness_fault', 'Discarded 40 cards · Wrong answer · Harness fault'],
  ['accept', null, null, 'Accepted 40 cards'],
  ['recategorise', null, undefined, 'Recategorised 40 cards · no category'],
  ['recategorise', undefined, null, 'Recategorised 40 cards · no fault'],
] as const)(
  'after a step over many cards (%s, %s, %s) says how many, and what of all',
  (action, category, fault, words) => {
    const last = {
      type: 'batch' as const,
      batch_id: 'b1',
      count: 40,
      item: null,
      typed: null,
      tagged: [],
      untagged: [],
    }
    const { find } = show({ id: 1, kind: 'action', again: false, last: { ...last, action, category, fault } })
    expect(
      find()
        .text()
        .split(/Undo|Card c2/)[0],
    ).toBe(words)
  },
)

it('the live region is there before it has anything to say', () => {
  const { wrapper, find } = show(null)
  expect(find().exists()).toBe(false)
  expect(wrapper.find('[role=status]').exists()).toBe(true)
})

it('goes after ten seconds; a new action starts them again', async () => {
  const { wrapper, find } = show(done(1))
  await wait(9_000)
  await wrapper.setProps({ toast: done(2) })
  await wait(9_000)
  expect(find().exists()).toBe(true)
  await wait(1_000)
  expect(find().exists()).toBe(false)
})

it.each([
  ['pointerenter', 'pointerleave'],
  ['focusin', 'focusout'],
])('stays from %s to %s', async (hold, release) => {
  const { find } = show(done(1))
  await find().trigger(hold)
  await wait(60_000)
  expect(find().exists()).toBe(true)
  await find().trigger(release)
  await wait(10_000)
  expect(find().exists()).toBe(false)
})

it('a notice has nothing to undo', () => {
  const { wrapper, find } = show({ id: 1, kind: 'notice', text: 'Gone.', moved: true })
  expect(find().text()).toContain('Gone.')
  expect(wrapper.find('[data-testid=toast-undo]').exists()).toBe(false)
})
