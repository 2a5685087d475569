import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import QualityChip from './QualityChip.vue'

it.each([
  [0, '0.00 low'],
  [0.39, '0.39 low'],
  [0.399, '0.39 low'],
  [0.4, '0.40 medium'],
  [0.69, '0.69 medium'],
  [0.7, '0.70 high'],
  [1, '1.00 high'],
])('the quality chip says %d as %s', (score, label) => {
  const chip = mount(QualityChip, { props: { score, passed: false } }).get('[data-testid=quality]')
  expect(chip.text()).toContain(label)
  expect(chip.attributes('data-level')).toBe(label.split(' ')[1])
})

it.each([null, undefined])('the quality chip is absent when there is no number (%s)', (score) => {
  expect(
    mount(QualityChip, { props: { score, passed: false } })
      .find('[data-testid=quality]')
      .exists(),
  ).toBe(false)
})

it('the quality chip warns of no answer that passed', () => {
  const colours = (passed: boolean) =>
    mount(QualityChip, { props: { score: 1, passed } })
      .get('[data-testid=quality]')
      .classes()
  expect(colours(false)).toContain('text-fair')
  expect(colours(true)).not.toContain('text-fair')
  expect(colours(true)).toContain('text-ink')
})
