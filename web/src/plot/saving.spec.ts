import { expect, it } from 'vitest'
import { drawingOf } from './saving'

it('makes one drawing of a pane’s drawings, at their places', () => {
  const pane = document.createElement('div')
  pane.innerHTML = '<svg class="wide"><rect fill="#123456" width="5" height="5"></rect></svg>'
  document.body.append(pane)
  const place = (x: number, y: number, width: number, height: number) => () =>
    new DOMRect(x, y, width, height)
  pane.getBoundingClientRect = place(100, 50, 300, 80)
  pane.querySelector('svg')!.getBoundingClientRect = place(120, 60, 200, 20)
  const drawing = new DOMParser().parseFromString(drawingOf(pane), 'image/svg+xml').documentElement
  expect(drawing.getAttribute('viewBox')).toBe('0 0 324 104')
  const inner = drawing.querySelector('svg')!
  expect(['x', 'y', 'width', 'height'].map((name) => inner.getAttribute(name))).toEqual([
    '32',
    '22',
    '200',
    '20',
  ])
  expect(inner.hasAttribute('class')).toBe(false)
  expect(inner.querySelector('rect')).not.toBeNull()
})
