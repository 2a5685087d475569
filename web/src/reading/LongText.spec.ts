import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { nextTick, ref } from 'vue'
import { until } from '@/testing/until'
import { INVISIBLES_SHOWN } from './invisiblesShown'
import LongText from './LongText.vue'

const long = Array.from({ length: 300 }, (_, line) => `line ${line} of the text`).join('\n')

function show(
  text: string,
  invisibles = false,
  marks: InstanceType<typeof LongText>['$props']['marks'] = [],
) {
  const html = mount(LongText, {
    props: { text, marks },
    attachTo: document.body,
    global: { provide: { [INVISIBLES_SHOWN as symbol]: ref(invisibles) } },
  })
  const get = (id: string) => html.get(`[data-testid=${id}]`)
  return { html, get, has: (id: string) => html.find(`[data-testid=${id}]`).exists() }
}

it('tells the size of the folded text, unfolds it and folds it again', async () => {
  const { html, get } = show(long)
  expect(get('show-all').text()).toContain(`${long.length.toLocaleString()} characters`)
  expect(html.text()).not.toContain('line 299')
  await get('show-all').trigger('click')
  expect(html.text()).toContain('line 299')
  await get('fold').trigger('click')
  expect(html.text()).not.toContain('line 299')
})

it('finds words inside the fold, steps through them and round again, and gives the focus back', async () => {
  const { html, get, has } = show(long)
  expect(has('find')).toBe(false)
  await get('find-open').trigger('click')
  await until(() => has('find-words'))
  expect(document.activeElement).toBe(get('find-words').element)
  await get('find-words').setValue('LINE 29')
  await nextTick()
  expect(get('find-count').text()).toBe('1 of 11')
  expect(html.get('[data-mark=current]').text()).toBe('line 29')
  await get('find-words').trigger('keydown', { key: 'Enter' })
  expect(get('find-count').text()).toBe('2 of 11')
  await nextTick()
  expect(html.text()).toContain('line 290')
  await get('find-words').trigger('keydown', { key: 'Enter', shiftKey: true })
  await get('find-previous').trigger('click')
  expect(get('find-count').text()).toBe('11 of 11')
  await get('find-next').trigger('click')
  expect(get('find-count').text()).toBe('1 of 11')
  await get('find-words').setValue('(nowhere')
  expect(get('find-count').text()).toBe('Not found')
  await get('find-words').trigger('keydown', { key: 'Escape' })
  await nextTick()
  expect(has('find')).toBe(false)
  expect(html.find('mark').exists()).toBe(false)
  expect(document.activeElement).toBe(get('find-open').element)
})

it('offers no find for a short text', () => {
  expect(show('short').has('find-open')).toBe(false)
})

it('a mark has a description that is not part of the text', () => {
  const { html } = show('The capital is Tokyo.', false, [
    { from: 15, to: 20, kind: 'near', says: 'Nearly a missing pattern, 1', number: 1 },
  ])
  expect(html.get('mark').attributes()).toMatchObject({
    'data-says': 'Nearly a missing pattern, 1: ',
    'data-number': '1',
  })
  expect(html.text()).toBe('The capital is Tokyo.')
})

it('shows what is invisible when asked, named for a screen reader', () => {
  const { html } = show('a\u00a0b  ', true)
  const shown = html.findAll('[role=img]').map((mark) => mark.attributes('aria-label'))
  expect(shown).toEqual(['No-break space (U+00A0)', '2 spaces at the line end'])
  expect(show('a\u00a0b  ').html.find('[role=img]').exists()).toBe(false)
})

it('a direction control never reverses the text, and is shown without being asked for', () => {
  const { html } = show('an \u202eevil\u202c end')
  expect(html.text()).toBe('an evil end')
  expect(html.get('.invisible-mark').attributes('aria-label')).toBe('Right-to-left override (U+202E)')
})
