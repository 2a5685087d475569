import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import CopyButton from './CopyButton.vue'

afterEach(() => vi.unstubAllGlobals())

async function pressed(clipboard: object | undefined) {
  vi.stubGlobal('navigator', { clipboard })
  const button = mount(CopyButton, {
    props: { text: () => '  as it is\n', what: 'the prompt' },
    attachTo: document.body,
  })
  await button.trigger('click')
  await flushPromises()
  return button
}

it('copies the text as it is, and says so', async () => {
  const writeText = vi.fn(() => Promise.resolve())
  const button = await pressed({ writeText })
  expect(writeText).toHaveBeenCalledWith('  as it is\n')
  expect(button.get('[role=status]').text()).toBe('Copied')
  expect(button.attributes('aria-label')).toBe('Copy the prompt')
})

it('copies a selection where the browser keeps the clipboard from the page', async () => {
  const selected: string[] = []
  document.execCommand = vi.fn(() => selected.push(document.querySelector('textarea')!.value) > 0)
  const button = await pressed(undefined)
  expect(selected).toEqual(['  as it is\n'])
  expect(document.querySelector('textarea')).toBeNull()
  expect(button.get('[role=status]').text()).toBe('Copied')
})

it('says so if it may not copy at all', async () => {
  document.execCommand = vi.fn(() => false)
  const button = await pressed(undefined)
  expect(button.get('[role=status]').text()).toContain('Not copied')
})
