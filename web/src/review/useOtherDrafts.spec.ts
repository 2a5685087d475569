import { flushPromises, mount } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { loadDraft, saveDraft, store, storedDrafts, type Draft } from './drafts'
import OtherDrafts from './OtherDrafts.vue'

const here: Draft = { editing: true, text: 'Here', category: null, note: '' }
const there: Draft = { editing: true, text: 'There', category: 'wrong_answer', note: 'why' }

async function show(living: string[]) {
  const held = living.map((name) => ({ name: `avocet.tab.${name}` }))
  vi.stubGlobal('navigator', { locks: { query: () => Promise.resolve({ held }) } })
  const page = mount(OtherDrafts, { props: { id: 'c1' } })
  await flushPromises()
  const find = (id: string) => page.find(`[data-testid="${id}"]`)
  return { page, find }
}

it('says nothing of what this tab holds itself, of the same in another, and of a bare category', async () => {
  saveDraft('c1', here)
  store('c1', { ...here, editing: false }, 'that')
  store('c1', { ...here, text: null, category: 'hallucination' }, 'third')
  store('c2', there, 'that')
  const { find } = await show(['that', 'third'])
  expect(find('other-draft').exists()).toBe(false)
})

it('shows the draft of a tab that is gone and takes it over only when asked to', async () => {
  const draft = { editing: true, text: 'One', category: null, note: '' }
  store('c1', draft, 'gone')
  const page = mount(OtherDrafts, { props: { id: 'c1' } })
  await flushPromises()
  expect(page.text()).toContain('One')
  expect(storedDrafts('c1').map(({ tab }) => tab)).toEqual(['gone'])
})

it('hears of another draft, and both are kept whichever is used', async () => {
  const { page, find } = await show(['that'])
  saveDraft('c1', here)
  store('c1', there, 'that')
  window.dispatchEvent(new Event('storage'))
  await flushPromises()
  expect(find('other-draft').text()).toMatch(/holds another correction for this card:\s*There/)
  expect(find('drop-other-draft').exists()).toBe(false)
  await find('use-other-draft').trigger('click')
  await flushPromises()
  expect(page.emitted('taken')).toHaveLength(1)
  expect(loadDraft('c1')).toEqual(there)
  const texts = storedDrafts('c1').map(({ draft }) => draft.text)
  expect(texts.toSorted()).toEqual(['Here', 'There', 'There'])
  await find('use-other-draft').trigger('click')
  await flushPromises()
  expect(loadDraft('c1')).toEqual(here)
})

it('takes a fault and a corrected reference over with the rest', async () => {
  const reference: Draft = { ...there, text: null, note: '', fault: 'reference_wrong', reference: 'Rome' }
  saveDraft('c1', { ...here, text: null, fault: 'check_too_lax' })
  store('c1', reference, 'that')
  const { find } = await show(['that'])
  expect(find('other-draft').text()).toMatch(/holds another corrected reference for this card:\s*Rome/)
  await find('use-other-draft').trigger('click')
  await flushPromises()
  expect(loadDraft('c1')).toEqual({ ...reference, editing: false })
  saveDraft('c1', { ...reference, fault: 'check_too_lax' })
  window.dispatchEvent(new Event('storage'))
  await flushPromises()
  expect(find('other-draft').exists()).toBe(true)
})

it('throws away what nobody types any more, when asked to', async () => {
  saveDraft('c1', here)
  store('c1', { ...there, text: null }, 'gone')
  const { find } = await show([])
  expect(find('other-draft').text()).toMatch(/another note for this card, typed in another tab:\s*why/)
  await find('drop-other-draft').trigger('click')
  await flushPromises()
  expect(find('other-draft').exists()).toBe(false)
  expect(storedDrafts('c1').map(({ draft }) => draft)).toEqual([here])
})
