import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import PrettyText from './PrettyText.vue'

it('renders Markdown and fetches nothing for it', () => {
  const text =
    '# Head\n\n**bold** ![cat](http://a.example/x.png) [here](http://b.example) <img src=http://c.example>'
  const html = mount(PrettyText, { props: { text } })
  expect(html.find('strong').text()).toBe('bold')
  for (const tag of ['img', 'a', 'h1', 'script', 'iframe']) expect(html.find(tag).exists()).toBe(false)
  expect(html.text()).toContain('[image: cat]')
  expect(html.text()).toContain('http://b.example')
  expect(html.findAll('[src], [href], [style]')).toEqual([])
})

it('sets JSON out in lines', () => {
  expect(mount(PrettyText, { props: { text: '{"a":[1]}' } }).text()).toBe('{\n  "a": [\n    1\n  ]\n}')
})
