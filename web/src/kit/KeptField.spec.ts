import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick, ref } from 'vue'
import KeptField from './KeptField.vue'

const around = ref(0)
const value = ref<string | number | null>('ten')

function field(props: { pause?: number; clean?: (written: string) => string } = {}) {
  const commits: string[] = []
  const page = mount(
    defineComponent(() => () => [
      h('p', around.value),
      h(KeptField, { ...props, value: value.value, onCommit: (written: string) => commits.push(written) }),
    ]),
  )
  const input = page.get('input')
  async function type(text: string): Promise<void> {
    input.element.value = text
    await input.trigger('input')
  }
  return { input, commits, type, written: () => input.element.value }
}

beforeEach(() => {
  vi.useFakeTimers()
  value.value = 'ten'
})
afterEach(() => vi.useRealTimers())

it('keeps what is being typed while the page is drawn anew', async () => {
  const { input, commits, type, written } = field()
  await type('forty')
  around.value += 1
  await nextTick()
  expect(written()).toBe('forty')
  expect(commits).toEqual([])
  await input.trigger('change')
  expect(commits).toEqual(['forty'])
})

it('shows what is taken of the written text, though it is what was taken before', async () => {
  const { input, commits, type, written } = field({ clean: () => 'ten' })
  await type('forty')
  await input.trigger('change')
  expect(written()).toBe('ten')
  expect(commits).toEqual([])
})

it('commits after a pause, and what comes back leaves what was typed since', async () => {
  const { commits, type, written } = field({ pause: 300 })
  await type('two ')
  vi.advanceTimersByTime(300)
  expect(commits).toEqual(['two '])
  await type('two w')
  value.value = 'two'
  await nextTick()
  expect(written()).toBe('two w')
})

it('commits nothing, and takes nothing in its place, while an input method has not made words of it', async () => {
  const { input, commits, written } = field({ pause: 300 })
  input.element.value = 'しゅ'
  await input.trigger('input', { isComposing: true })
  vi.advanceTimersByTime(1000)
  value.value = 'twenty'
  await nextTick()
  expect([commits, written()]).toEqual([[], 'しゅ'])
  input.element.value = '首'
  await input.trigger('compositionend')
  vi.advanceTimersByTime(300)
  expect([commits, written()]).toEqual([['首'], '首'])
})

it('shows a value that is chosen elsewhere', async () => {
  const { written } = field()
  value.value = null
  await nextTick()
  expect(written()).toBe('')
})
