import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { h, nextTick } from 'vue'
import ChipGroup from './ChipGroup.vue'
import ChipItem from './ChipItem.vue'

it('is one stop of the Tab key, moves with the arrows, and has one chip on or none', async () => {
  const group = mount(ChipGroup, {
    props: { modelValue: '', disabled: false },
    slots: { default: () => ['a', 'b', 'c'].map((value) => h(ChipItem, { value }, () => value)) },
    attachTo: document.body,
  })
  const stops = () =>
    group
      .findAll('[tabindex="0"]')
      .map((chip) => chip.text())
      .join('')
  const at = () => document.activeElement?.textContent
  await nextTick()
  expect(stops()).toBe('a')
  await group.setProps({ modelValue: 'c' })
  expect(stops()).toBe('c')
  const chips = group.findAll('button')
  chips[2]!.element.focus()
  for (const [key, wanted] of Object.entries({ ArrowRight: 'a', End: 'c', ArrowLeft: 'b', Home: 'a' })) {
    await group.find(':focus').trigger('keydown', { key })
    expect([at(), stops()]).toEqual([wanted, wanted])
  }
  await chips[0]!.trigger('click')
  await chips[2]!.trigger('click')
  expect(group.emitted('update:modelValue')).toEqual([['a'], [undefined]])
  expect(chips.map((chip) => chip.attributes('aria-pressed'))).toEqual(['false', 'false', 'true'])
})
