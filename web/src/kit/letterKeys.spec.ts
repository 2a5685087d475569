import { afterEach, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { fakeServer } from '@/testing/fakeServer'
import { config, queuePage, card, stats } from '@/testing/fixtures'
import { showCard } from '@/testing/showCard'
import { until } from '@/testing/until'
import { visitApp } from '@/testing/visitApp'
import { letterKeys } from './letterKeys'
import { commandOf, isLetterKey, keyLabel, REVIEW_KEYS } from './useReviewKeys'

afterEach(() => (letterKeys.value = true))

function visit(path: string) {
  fakeServer({
    'GET /config': () => ({ json: config }),
    'GET /stats': () => ({ json: stats() }),
    'GET /runs': () => ({ json: [] }),
    'GET /queue': () => ({ json: queuePage([card('c1')]) }),
    'GET /decisions/summary': () => ({ json: { total: 0, by_action: {}, by_category: {} } }),
  })
  return visitApp(path)
}

it('off, no letter, digit or sign alone does anything', () => {
  letterKeys.value = false
  for (const { key, command } of REVIEW_KEYS.filter(isLetterKey)) {
    if (key) expect(commandOf(new KeyboardEvent('keydown', { key })), key).toBeNull()
    expect(keyLabel(command) ?? '', command).not.toMatch(/^.$/)
  }
  for (const key of '123456')
    expect(commandOf(new KeyboardEvent('keydown', { key, code: `Digit${key}` }))).toBeNull()
})

it('off, a card is still decided with Enter, Esc and modified keys', async () => {
  letterKeys.value = false
  const desk = showCard()
  await desk.key('d')
  expect(desk.step()).toBe('rest')
  await desk.click('action-discard')
  await desk.key('4')
  expect(desk.chosen()).toEqual([])
  await desk.key('4', { altKey: true })
  expect(desk.chosen()).toEqual(['wrong_answer'])
  await desk.key('Escape')
  expect(desk.step()).toBe('rest')
  await desk.click('action-flag')
  await desk.key('Enter', {}, document.body)
  expect(desk.sent()).toEqual([{ id: 'c1', action: 'flag', failure_category: null }])
})

it('off, the buttons name no key that does nothing', async () => {
  letterKeys.value = false
  const desk = showCard()
  expect(desk.get('action-discard').attributes('aria-keyshortcuts')).toBeUndefined()
  expect(desk.get('action-discard').text()).toBe('Discard')
  await desk.click('action-discard')
  expect(desk.get('chip-wrong_answer').attributes('aria-keyshortcuts')).toBe('Alt+4')
  expect(desk.get('chip-wrong_answer').text()).toBe('Alt 4 Wrong answer')
})

it('is set on the Settings page and kept in this browser', async () => {
  const page = await visit('/settings')
  await until(() => page.has('letter-keys'))
  await page.click('letter-keys')
  await nextTick()
  expect(localStorage.getItem('avocet.look.letter-keys')).toBe('false')
  await page.key('?')
  expect(page.has('help-dialog')).toBe(false)
})

it('is set in the sheet of keys too, which then lists only those that work', async () => {
  const page = await visit('/')
  await page.key('?')
  await until(() => page.has('help-dialog'))
  expect(document.activeElement?.textContent).toBe('Keys and categories')
  expect(page.text('help-dialog')).toContain('Accept: the model was right')
  await page.click('letter-keys')
  await nextTick()
  expect(page.text('help-dialog')).not.toContain('Accept: the model was right')
  expect(page.text('help-dialog')).toContain('Submit the correction')
})
