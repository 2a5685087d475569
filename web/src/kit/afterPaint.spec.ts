import { expect, it, vi } from 'vitest'
import { until } from '@/testing/until'

it('acts after the frame in which the next card is painted, not before', async () => {
  const { afterPaint } = await vi.importActual<typeof import('./afterPaint')>('./afterPaint')
  const order: string[] = []
  afterPaint(() => order.push('act'))
  requestAnimationFrame(() => order.push('frame'))
  order.push('key')
  await until(() => order.includes('act'))
  expect(order).toEqual(['key', 'frame', 'act'])
})
