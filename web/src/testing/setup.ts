import './deskFacts'
import { enableAutoUnmount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeAll, beforeEach, expect, vi } from 'vitest'
import { loadChips } from '@/review/categoryChips'
import { forgetPage } from '@/review/drafts'

// Nothing is painted in these tests, so work that waits for a frame would run in the next test.
vi.mock('@/kit/afterPaint', () => ({ afterPaint: (act: () => void) => act() }))

const warnings: string[] = []

// As in a browser, where they are loaded while the first card is read.
beforeAll(loadChips)

beforeEach(() => {
  setActivePinia(createPinia())
  localStorage.clear()
  sessionStorage.clear()
  forgetPage()
  // Before each test and not after it: what a test mounted must still be there when it is unmounted. Menus open in
  // #overlays.
  document.body.innerHTML = '<div id="overlays"></div>'
  window.scrollTo = () => undefined
  warnings.length = 0
  vi.spyOn(console, 'warn').mockImplementation((...words: unknown[]) => void warnings.push(words.join(' ')))
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
  expect(warnings).toEqual([])
})

enableAutoUnmount(afterEach)
