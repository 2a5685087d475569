import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { nextTick, reactive } from 'vue'
import { until } from '@/testing/until'
import ValuesPill from './ValuesPill.vue'

const menu = (): HTMLElement | null => document.querySelector('[data-reka-menu-content]')
const entries = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[role=menuitemcheckbox]')]
const entry = (name: string): HTMLElement =>
  entries().find((one) => one.textContent.trim() === name) as HTMLElement
const ticked = (): string[] =>
  entries()
    .filter((one) => one.getAttribute('aria-checked') === 'true')
    .map((one) => one.textContent.trim())

afterEach(() => (document.body.innerHTML = ''))

/** A pill whose filter follows what it says, its menu open. */
async function shown(
  values: readonly string[],
  chosen: Partial<{ given: string[]; leftOut: string[] }> = {},
) {
  document.body.innerHTML = '<div id="app"></div><div id="overlays"></div>'
  const filter = reactive<{ given: readonly string[] | null; leftOut: readonly string[] | null }>({
    given: null,
    leftOut: null,
    ...chosen,
  })
  const options = values.map((value) => ({ value, label: value }))
  const wrapper = mount(ValuesPill, {
    props: { name: 'model', label: 'Model', options, anyLabel: 'all', ...filter },
    attrs: {
      onChange: (given: readonly string[] | null, leftOut: readonly string[] | null) => {
        Object.assign(filter, { given, leftOut })
        void wrapper.setProps({ given, leftOut })
      },
    },
    attachTo: '#app',
  })
  const button = wrapper.get<HTMLButtonElement>('[data-testid=filter-model]')
  button.element.focus()
  await button.trigger('keydown', { key: 'Enter' })
  await until(() => menu()?.contains(document.activeElement) ?? false)
  return { filter, wrapper, words: () => button.text() }
}

async function press(key: string, at: HTMLElement): Promise<void> {
  at.focus()
  at.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  await flushPromises()
}

it('Space and a click add values while the menu stays, Enter adds the last and closes it', async () => {
  const { filter, words } = await shown(['a', 'b', 'c', 'd'])
  expect([words(), ticked()]).toEqual(['Modelall', ['all']])
  await press(' ', entry('a'))
  entry('b').click()
  await nextTick()
  expect([filter.given, words(), ticked()]).toEqual([['a', 'b'], 'Modela, b', ['a', 'b']])
  entry('a').click()
  await nextTick()
  expect(filter.given).toEqual(['b'])
  await press('Enter', entry('c'))
  expect(filter.given).toEqual(['b', 'c'])
  await until(() => menu() === null)
})

it('Enter alone takes one value in place of the others', async () => {
  const { filter } = await shown(['a', 'b', 'c'], { given: ['a', 'b'] })
  await press('Enter', entry('c'))
  expect(filter).toEqual({ given: ['c'], leftOut: null })
  await until(() => menu() === null)
})

it('a switch turns the values into those that are left out', async () => {
  const { filter, words, wrapper } = await shown(['a', 'b', 'c', 'd'], { given: ['a'] })
  entry('All but these').click()
  await nextTick()
  expect(filter).toEqual({ given: null, leftOut: ['a'] })
  for (const name of ['b', 'c']) {
    entry(name).click()
    await nextTick()
  }
  expect([words(), ticked()]).toEqual(['Modelnot a and 2 more', ['a', 'b', 'c', 'All but these']])
  await wrapper.get('[aria-label="Clear the model filter"]').trigger('click')
  expect(filter).toEqual({ given: null, leftOut: null })
})

it('many values are searched, and Enter takes the first that is found', async () => {
  const { filter } = await shown(Array.from({ length: 13 }, (_, number) => `model-${number}`))
  const field = document.querySelector<HTMLInputElement>('[data-testid=values-search]') as HTMLInputElement
  expect(document.activeElement).toBe(field)
  field.value = '12'
  field.dispatchEvent(new Event('input'))
  await nextTick()
  expect(entries().map((one) => one.textContent.trim())).toEqual(['model-12', 'All but these'])
  await press('Enter', field)
  expect(filter.given).toEqual(['model-12'])
})

it('a value that is offered no more can be taken away', async () => {
  const { filter, words } = await shown(['a'], { given: ['gone'] })
  expect(words()).toBe('Modelgone')
  entry('gone').click()
  await nextTick()
  expect(filter.given).toBeNull()
})
