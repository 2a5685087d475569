import { expect, it, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import { until } from '@/testing/until'
import { renderMarkdown } from './markdown'
import { useRenderAhead } from './useRenderAhead'

/** Whether a text is already rendered: rendering it now would parse it. */
async function isReady(text: string): Promise<boolean> {
  const parse = vi.spyOn(DOMParser.prototype, 'parseFromString')
  renderMarkdown(text)
  const ready = parse.mock.calls.length === 0
  parse.mockRestore()
  return ready
}

it('renders the next text while this one is read, if responses are shown rendered', async () => {
  localStorage.setItem('avocet.look.rendered', 'true')
  const next = ref<string | null>('**first**')
  const scope = effectScope()
  scope.run(() => useRenderAhead(() => next.value))
  next.value = '**second**'
  await until(() => isReady('**second**'))
  expect(await isReady('**second**')).toBe(false)
  scope.stop()
})

it('does not if they are shown plain', async () => {
  vi.useFakeTimers()
  const scope = effectScope()
  scope.run(() => useRenderAhead(() => '**third**'))
  await vi.runAllTimersAsync()
  expect(await isReady('**third**')).toBe(false)
  scope.stop()
})
