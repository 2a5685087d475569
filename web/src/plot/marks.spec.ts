import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { h } from 'vue'
import BarMark from './BarMark.vue'
import { OUTCOME_FILL } from '@/import/outcomeFill'
import LineMark from './LineMark.vue'
import PlotSwatch from './PlotSwatch.vue'
import PointMark from './PointMark.vue'
import RuleMark from './RuleMark.vue'

const AREA = { x: 0, y: 0, width: 40, height: 10 }

it('fills a bar with a colour and tells a pointer what it is', () => {
  const bar = mount(BarMark, { props: { ...AREA, fill: 'var(--leg)', hint: '3 rows' } })
  expect(bar.get('rect').attributes()).toMatchObject({ width: '40', fill: 'var(--leg)' })
  expect(bar.get('title').text()).toBe('3 rows')
  expect(bar.find('pattern').exists()).toBe(false)
})

it('gives each striped bar a pattern of its own', () => {
  const bar = [0, 1].map(() => ({ ...AREA, fill: OUTCOME_FILL.errored }))
  const bars = mount(() =>
    h(
      'svg',
      bar.map((props) => h(BarMark, props)),
    ),
  )
  const ids = bars.findAll('pattern').map((pattern) => pattern.attributes('id'))
  expect(new Set(ids).size).toBe(2)
  expect(bars.findAll('g > rect').map((rect) => rect.attributes('fill'))).toEqual(
    ids.map((id) => `url(#${id})`),
  )
  expect(bars.get('pattern').attributes('patternTransform')).toBe('rotate(45)')
})

it('shows a fill beside its word, hidden from screen readers', () => {
  const swatch = mount(PlotSwatch, { props: { fill: OUTCOME_FILL.failed } })
  expect(swatch.attributes('aria-hidden')).toBe('true')
  expect(swatch.get('rect').attributes('fill')).toBe('var(--bad)')
})

it('draws a line through its places, dashed to be told apart', () => {
  const places = [
    { x: 0, y: 1 },
    { x: 10.04, y: 2 },
  ]
  const line = mount(LineMark, { props: { places, colour: 'var(--ink)', dashed: true } })
  expect(line.attributes()).toMatchObject({ d: 'M0,1L10,2', stroke: 'var(--ink)', 'stroke-dasharray': '6 4' })
  expect(mount(LineMark, { props: { places: [], colour: 'red' } }).attributes('d')).toBe('')
})

it('draws a dot, and a ring that hides what is under it', () => {
  const dot = { x: 1, y: 2, radius: 3, colour: 'var(--leg)' }
  expect(mount(PointMark, { props: dot }).attributes()).toMatchObject({
    cx: '1',
    cy: '2',
    fill: 'var(--leg)',
  })
  const ring = mount(PointMark, { props: { ...dot, open: true } })
  expect(ring.attributes()).toMatchObject({ fill: 'var(--card)', stroke: 'var(--leg)' })
})

it('draws a rule between two places', () => {
  const rule = mount(RuleMark, { props: { x1: 1, x2: 1, y1: 0, y2: 9, colour: 'var(--edge)' } })
  expect(rule.attributes()).toMatchObject({ x1: '1', y2: '9', stroke: 'var(--edge)' })
})
