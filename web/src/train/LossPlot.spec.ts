import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import LossPlot from './LossPlot.vue'

function points(losses: number[], every = 2) {
  return losses.map((loss, index) => ({
    step: index + 1,
    seconds: index,
    tokens: index,
    loss,
    ...((index + 1) % every ? {} : { eval_loss: loss + 0.5 }),
  }))
}

function show(losses: number[], total = 0) {
  return mount(LossPlot, { props: { points: points(losses), total } })
}

it('says its finding in words, and the numbers in a table', () => {
  const page = show([4, 3, 2, 1, 1, 2])
  const told = 'Validation loss fell from 3.500 to 1.500, lowest at step 4'
  expect(page.get('h2').text()).toBe(told)
  expect(page.get('svg').attributes('aria-label')).toContain(told)
  expect(page.findAll('tbody tr')).toHaveLength(6)
  expect(page.findAll('tbody tr').at(3)?.text()).toBe('41.0001.500')
  expect(page.findAll('text').map((text) => text.text())).toEqual(
    expect.arrayContaining(['training 2.000', 'validation 2.500', 'step 0', '6']),
  )
})

it('leaves room for the steps that are still to come', () => {
  const xs = (page: ReturnType<typeof show>) =>
    page.get('[data-series=train] path').attributes('d')!.slice(1).split('L').map(parseFloat)
  expect(Math.max(...xs(show([3, 2])))).toBeGreaterThan(2 * Math.max(...xs(show([3, 2], 100))))
})

it('never writes one label over the other', () => {
  const page = show([2, 2, 2, 2])
  const same = mount(LossPlot, {
    props: { points: points([2, 2, 2, 2]).map((point) => ({ ...point, eval_loss: 2 })), total: 0 },
  })
  for (const shown of [page, same]) {
    const ys = shown
      .findAll('text')
      .filter((text) => /^(training|validation) /.test(text.text()))
      .map((text) => Number(text.attributes('y')))
    expect(Math.abs(ys[0]! - ys[1]!)).toBeGreaterThanOrEqual(15)
  }
})

it('reads the losses of a step, by the arrow keys too', async () => {
  const page = show([4, 3, 2, 1])
  const reader = page.get<HTMLInputElement>('input[type=range]')
  expect(page.find('[data-testid=loss-reading]').exists()).toBe(false)
  await reader.trigger('focus')
  expect(page.get('[data-testid=loss-reading]').text()).toBe('step 4: training 1.000, validation 1.500')
  await reader.setValue(2)
  expect(page.get('[data-testid=loss-reading]').text()).toBe('step 3: training 2.000')
  expect(reader.attributes('aria-valuetext')).toBe('step 3: training 2.000')
  await page.setProps({ points: points([4, 3, 2, 1, 1, 1]) })
  expect(page.get('[data-testid=loss-reading]').text()).toBe('step 3: training 2.000')
  await reader.trigger('blur')
  expect(page.find('[data-testid=loss-reading]').exists()).toBe(false)
})

it('draws one point, equal points and none', () => {
  expect(show([1.5]).html()).not.toContain('NaN')
  expect(show([0, 0, 0]).html()).not.toContain('NaN')
  expect(show([]).get('[data-testid=loss-none]').text()).toContain('first step')
})
