import { expect, it, vi } from 'vitest'
import { clearDraft, loadDraft, saveDraft, type Draft } from './drafts'

const draft: Draft = { editing: true, text: 'Half', category: 'wrong_answer', note: '' }

it('keeps a draft per card until it is cleared', () => {
  expect(saveDraft('a/1', draft)).toBe(true)
  expect(loadDraft('a/1')).toEqual(draft)
  expect(loadDraft('a')).toBeNull()
  clearDraft('a/1')
  expect(loadDraft('a/1')).toBeNull()
})

it('keeps nothing for an untouched card', () => {
  saveDraft('a', draft)
  saveDraft('a', { editing: false, text: null, category: null, note: '' })
  expect(localStorage.length).toBe(0)
})

it.each(['{', '5', '{"text": 5}', 'null'])('what is not a draft is none: %s', (stored) => {
  localStorage.setItem('avocet.draft.a', stored)
  expect(loadDraft('a')).toBeNull()
})

it('says so when the browser has no room', () => {
  vi.stubGlobal('localStorage', {
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError')
    },
  })
  expect(saveDraft('a', draft)).toBe(false)
})
