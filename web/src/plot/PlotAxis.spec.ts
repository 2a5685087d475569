import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import PlotAxis from './PlotAxis.vue'

const box = { left: 40, right: 240, top: 10, bottom: 110 }

it('stands below the box with a stroke at each label', () => {
  const ticks = [
    { at: 40, text: 'step 0', anchor: 'start' as const },
    { at: 140, text: '30' },
  ]
  const axis = mount(PlotAxis, { props: { side: 'bottom', ticks, box } })
  expect(axis.findAll('text').map((text) => [text.attributes('x'), text.text()])).toEqual([
    ['40', 'step 0'],
    ['140', '30'],
  ])
  expect(axis.findAll('text').map((text) => text.attributes('text-anchor'))).toEqual(['start', 'middle'])
  expect(axis.findAll('line')).toHaveLength(3)
  expect(axis.findAll('line').every((line) => Number(line.attributes('y1')) === 110)).toBe(true)
})

it('stands at the left with a line across the box at each label', () => {
  const axis = mount(PlotAxis, { props: { side: 'left', ticks: [{ at: 60, text: '1.5' }], box } })
  expect(axis.get('line').attributes()).toMatchObject({ x1: '40', x2: '240', y1: '60', y2: '60' })
  expect(axis.get('text').attributes('text-anchor')).toBe('end')
})
