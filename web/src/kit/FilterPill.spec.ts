import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { until } from '@/testing/until'
import FilterPill from './FilterPill.vue'

function showPill(): VueWrapper {
  document.body.innerHTML = '<div id="app"></div><div id="overlays"></div>'
  const options = ['first', 'second'].map((value) => ({ value, label: value }))
  const props = { name: 'run', label: 'Run', value: null, options, anyLabel: 'all' }
  return mount(FilterPill, { props, attachTo: '#app' })
}

const menu = (): HTMLElement | null => document.querySelector('[role=menu]')
const entries = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[role=menuitemradio]')]

it('has no menu before a hand comes near, and is the same button afterwards', async () => {
  const pill = showPill()
  const button = pill.get('[data-testid=filter-run]')
  expect(menu()).toBeNull()
  await button.trigger('pointerenter')
  await flushPromises()
  expect(menu()).toBeNull()
  await button.trigger('click', { button: 0, detail: 1 })
  await until(() => menu() !== null)
  expect(pill.get('[data-testid=filter-run]').element).toBe(button.element)
  expect(button.attributes()).toMatchObject({ 'aria-haspopup': 'menu', 'aria-expanded': 'true' })
  expect(menu()!.id).toBe(button.attributes('aria-controls'))
  expect(menu()!.getAttribute('aria-labelledby')).toBe(button.attributes('id'))
})

it('opened with a key, even with the first press, it is at its first entry, and gives the focus back', async () => {
  const pill = showPill()
  const button = pill.get<HTMLButtonElement>('[data-testid=filter-run]')
  button.element.focus()
  await button.trigger('keydown', { key: 'Enter' })
  await until(() => document.activeElement === entries()[0])
  expect(entries().map((entry) => entry.textContent.trim())).toEqual(['all', 'first', 'second'])
  entries()[0]!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
  await until(() => menu() === null)
  await vi.waitFor(() => expect(document.activeElement).toBe(button.element))
})

it('says what was chosen', async () => {
  const pill = showPill()
  await pill.get('[data-testid=filter-run]').trigger('click', { button: 0, detail: 1 })
  await until(() => entries().length === 3)
  entries()[2]!.click()
  await flushPromises()
  expect(pill.emitted('change')).toEqual([['second']])
})
