import { expect, it, vi } from 'vitest'
import { clearDraft, forgetPage, loadDraft, saveDraft, store, storedDrafts, type Draft } from './drafts'
import { lookForTabs, tab } from './tab'

const draft: Draft = { editing: true, text: 'Half', category: 'wrong_answer', note: '' }
const other: Draft = { ...draft, text: 'Another' }

/** Set which tabs are open; null: a browser that cannot tell. */
async function seeTabs(living: string[] | null): Promise<void> {
  const held = living?.map((name) => ({ name: `avocet.tab.${name}` }))
  vi.stubGlobal('navigator', { locks: held && { query: () => Promise.resolve({ held }) } })
  await lookForTabs()
}

it('keeps a draft per card until it is cleared, over a reload', () => {
  expect(saveDraft('a/1', draft)).toBe(true)
  forgetPage()
  expect(loadDraft('a/1')).toEqual(draft)
  expect(loadDraft('a')).toBeNull()
  expect(loadDraft('1')).toBeNull()
  clearDraft('a/1')
  expect(loadDraft('a/1')).toBeNull()
  expect(localStorage.length).toBe(0)
})

it('keeps nothing for an untouched card', () => {
  saveDraft('a', draft)
  saveDraft('a', { editing: false, text: null, category: null, note: '', fault: null, reference: null })
  expect(localStorage.length).toBe(0)
})

it.each(['{', '5', '{"text": 5}', 'null'])('ignores what is not a draft: %s', (stored) => {
  localStorage.setItem(`avocet.typed.${tab}.a`, stored)
  expect(loadDraft('a')).toBeNull()
})

it('says so when the browser has no room, and holds what was typed all the same', () => {
  vi.stubGlobal('localStorage', {
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError')
    },
    removeItem: () => undefined,
  })
  expect(saveDraft('a', draft)).toBe(false)
  expect(loadDraft('a')).toEqual(draft)
})

it('leaves what another tab types to that tab', async () => {
  await seeTabs(['that'])
  store('a', other, 'that')
  expect(loadDraft('a')).toBeNull()
  saveDraft('a', draft)
  clearDraft('a')
  expect(storedDrafts('a').map(({ tab, draft }) => [tab, draft.text])).toEqual([['that', 'Another']])
})

it('holds on to what is on screen, whatever another tab does to the storage', () => {
  saveDraft('a', draft)
  localStorage.clear()
  expect(loadDraft('a')).toEqual(draft)
})

it('goes on with the newest draft of the tabs that are gone, and keeps the others', async () => {
  await seeTabs(['living'])
  vi.useFakeTimers()
  store('a', other, 'first')
  vi.setSystemTime(Date.now() + 1000)
  store('a', draft, 'second')
  store('a', { ...draft, text: 'Elsewhere' }, 'living')
  expect(loadDraft('a')).toEqual(draft)
  expect(
    storedDrafts('a')
      .map(({ tab }) => tab)
      .toSorted(),
  ).toEqual(['first', 'living', tab].toSorted())
})

it('goes on with a draft from before drafts belonged to tabs', async () => {
  await seeTabs([])
  localStorage.setItem('avocet.draft.a.b', JSON.stringify(draft))
  expect(loadDraft('a.b')).toEqual(draft)
  expect(loadDraft('b')).toBeNull()
  expect(Object.keys(localStorage)).toEqual([`avocet.typed.${tab}.a.b`])
})

it('copies a draft, once, where it is unknown which tabs are open', async () => {
  await seeTabs(null)
  store('a', other, 'that')
  expect(loadDraft('a')).toEqual(other)
  clearDraft('a')
  expect(loadDraft('a')).toBeNull()
  expect(storedDrafts('a')).toHaveLength(1)
})
