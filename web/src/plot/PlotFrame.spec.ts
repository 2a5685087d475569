import { mount } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import PlotFrame from './PlotFrame.vue'
import PlotPane from './PlotPane.vue'

it('is an image with a label, described by its caption', () => {
  const frame = mount(PlotFrame, {
    props: { label: 'Loss fell.', height: 100, width: 300 },
    slots: { default: '<circle />', caption: 'Loss by step' },
  })
  const picture = frame.get('svg[role=img]')
  expect(picture.attributes()).toMatchObject({ 'aria-label': 'Loss fell.', viewBox: '0 0 300 100' })
  expect(frame.get(`#${picture.attributes('aria-describedby')}`).text()).toBe('Loss by step')
  expect(picture.find('circle').exists()).toBe(true)
})

it('names no description where there is no caption', () => {
  const frame = mount(PlotFrame, { props: { label: 'Loss fell.', height: 100, width: 300 } })
  expect(frame.find('figcaption').exists()).toBe(false)
  expect(frame.get('svg').attributes('aria-describedby')).toBeUndefined()
})

it('reports the width of its space whenever that changes', async () => {
  let tell: (width: number) => void = () => undefined
  class Observer {
    constructor(callback: (entries: unknown[]) => void) {
      tell = (width) => callback([{ contentRect: { width } }])
    }
    observe = vi.fn()
    disconnect = vi.fn()
  }
  vi.stubGlobal('ResizeObserver', Observer)
  const frame = mount(PlotFrame, { props: { label: 'Loss fell.', height: 100, width: 300 } })
  tell(331.6)
  await nextTick()
  expect(frame.emitted('update:width')).toEqual([[332]])
})

it('is headed by the finding', () => {
  const pane = mount(PlotPane, { props: { finding: 'Loss fell' }, slots: { default: 'plot' } })
  expect(pane.get(`#${pane.attributes('aria-labelledby')}`).text()).toBe('Loss fell')
  expect(pane.text()).toContain('plot')
})
