import { afterEach, expect, it } from 'vitest'
import { fakeServer } from '@/testing/fakeServer'
import { card, config, queuePage, stats } from '@/testing/fixtures'
import { showCard } from '@/testing/showCard'
import { until } from '@/testing/until'
import { visitApp } from '@/testing/visitApp'
import { ownKeys } from './ownKeys'
import { commandOf, keyLabel } from './useReviewKeys'

afterEach(() => (ownKeys.value = {}))

function commandAt(key: string) {
  return commandOf(new KeyboardEvent('keydown', { key }))?.command
}

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

it('a chosen key replaces the usual one everywhere', async () => {
  ownKeys.value = { discard: 'y' }
  expect(commandAt('y')).toBe('discard')
  expect(commandAt('d')).toBeUndefined()
  const desk = showCard()
  expect(desk.get('action-discard').attributes('aria-keyshortcuts')).toBe('Y')
  expect(desk.get('action-discard').text()).toBe('DiscardY')
  await desk.key('y')
  expect(desk.step()).toBe('discard')
  await desk.key('y')
  expect(desk.sent()).toEqual([{ id: 'c1', action: 'discard', failure_category: null }])
})

it('a chosen key is taken from the command that has it by default', () => {
  ownKeys.value = { discard: 'a' }
  expect(commandAt('a')).toBe('discard')
  expect(keyLabel('accept')).toBeUndefined()
})

it('is pressed on the Settings page, where a clash is refused by the name of the other command', async () => {
  const page = await visit('/settings')
  await until(() => page.has('own-key-discard'))
  const field = () => page.get('own-key-discard') as HTMLInputElement
  await page.key('a', field())
  expect(page.text('key-refused')).toBe('A is already the key of “Accept”.')
  expect(field().getAttribute('aria-invalid')).toBe('true')
  await page.key('4', field())
  expect(page.text('key-refused')).toContain('digits pick the categories')
  expect(ownKeys.value).toEqual({})
  await page.key('y', field())
  expect(page.has('key-refused')).toBe(false)
  expect(field().value).toBe('Y')
  expect(localStorage.getItem('avocet.look.keys')).toBe('{"discard":"y"}')
  await page.click('reset-keys')
  expect(ownKeys.value).toEqual({})
  expect(field().value).toBe('D')
  expect(page.has('reset-keys')).toBe(false)
})
