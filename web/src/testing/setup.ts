import './deskFacts'
import { enableAutoUnmount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import { forgetPage } from '@/review/drafts'

// Nothing is painted here: what waits for it would wait for the next test.
vi.mock('@/kit/afterPaint', () => ({ afterPaint: (act: () => void) => act() }))

const warnings: string[] = []

beforeEach(() => {
  setActivePinia(createPinia())
  localStorage.clear()
  sessionStorage.clear()
  forgetPage()
  // Not after a test: what it mounted must still be there to be unmounted. The menus open inside the page's main part.
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
