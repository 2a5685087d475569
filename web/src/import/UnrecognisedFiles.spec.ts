import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import UnrecognisedFiles from './UnrecognisedFiles.vue'

function shown(guess: Record<string, string>, detail: string) {
  const file = { name: 'a.csv', detail, tried: ['lm-eval'], columns: ['q', 'text'], guess }
  return mount(UnrecognisedFiles, { props: { files: [file], importers: [] } })
}

it('shows the columns once, what they seem to mean, and the button that starts with that', async () => {
  const page = shown(
    { prompt: 'q', response: 'COLUMN' },
    "a.csv isn't a results file that the desk knows, but can be read as a table of your own. Columns: q, text. By their names: prompt = q.",
  )
  expect(page.text()).toContain('but can be read as a table of your own.')
  expect(page.text()).not.toContain('Columns: q')
  expect(page.get('[data-testid=guess]').text()).toBe(
    'By their names: prompt is q. Map its columns starts with that.',
  )
  await page.get('[data-testid=map-columns]').trigger('click')
  expect(page.emitted('read')?.[0]?.[1]).toBe('generic')
})

it('guesses nothing where the names tell nothing', () => {
  expect(
    shown({ prompt: 'COLUMN', response: 'COLUMN' }, 'Unknown.').find('[data-testid=guess]').exists(),
  ).toBe(false)
})
