import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import PlotReader from './PlotReader.vue'

const box = { left: 40, right: 240, top: 10, bottom: 110 }

function show(modelValue: number | null = null) {
  return mount(PlotReader, {
    props: { box, places: [40, 140, 240], label: 'Read', reading: (index) => `place ${index}`, modelValue },
  })
}
const read = (reader: ReturnType<typeof show>) => reader.emitted('update:modelValue')?.map(([index]) => index)

it('reads the place nearest to the pointer, and nothing once it has left', async () => {
  const reader = show()
  for (const clientX of [2, 80, 190]) await reader.trigger('pointermove', { clientX, pointerType: 'mouse' })
  await reader.trigger('pointerleave', { pointerType: 'mouse' })
  expect(read(reader)).toEqual([0, 1, 2, null])
})

it('keeps what a finger pointed at', async () => {
  const reader = show()
  await reader.trigger('pointerdown', { clientX: 100, pointerType: 'touch' })
  await reader.trigger('pointerleave', { pointerType: 'touch' })
  expect(read(reader)).toEqual([1])
})

it('is a slider for the keyboard, starting at the last place', async () => {
  const reader = show()
  const slider = reader.get<HTMLInputElement>('input[type=range]')
  expect(slider.attributes()).toMatchObject({ 'aria-label': 'Read', 'aria-valuetext': 'place 2', max: '2' })
  await slider.trigger('focus')
  await slider.setValue(1)
  await slider.trigger('blur')
  expect(read(reader)).toEqual([2, 1, null])
})

it('reads the last place when the one being read is gone', () => {
  expect(show(7).get('input').attributes('aria-valuetext')).toBe('place 2')
})
