import { afterEach, expect, it } from 'vitest'
import { keepName } from '@/api/ownName'
import { fakeServer } from '@/testing/fakeServer'
import { config, stats } from '@/testing/fixtures'
import { until } from '@/testing/until'
import { visitApp } from '@/testing/visitApp'

afterEach(() => keepName(''))

it('a name is sent with every request once the server takes it, and never one that it refuses', async () => {
  const sent: (string | null)[] = []
  fakeServer({
    'GET /config': ({ headers }) => {
      const name = headers.get('Avocet-Reviewer')
      sent.push(name)
      if (name === 'import')
        return { status: 422, json: { code: 'invalid_request', detail: 'Kept for lines.' } }
      return { json: { ...config, reviewer: name ? decodeURIComponent(name) : 'ada' } }
    },
    'GET /stats': () => ({ json: stats() }),
    'GET /runs': () => ({ json: [] }),
    'GET /decisions/summary': () => ({ json: { total: 0, by_action: {}, by_category: {} } }),
  })
  const page = await visitApp('/settings')
  await until(() => page.has('name-input'))
  const write = async (name: string) => {
    const field = page.get('name-input') as HTMLInputElement
    field.value = name
    field.dispatchEvent(new Event('input'))
    await page.click('name-save')
  }
  await write(' Zoë ')
  expect(sent.at(-1)).toBe('Zo%C3%AB')
  expect(document.body.textContent).toContain('You decide as Zoë.')
  await write('import')
  expect(page.text('name-error')).toBe('Kept for lines.')
  expect(localStorage.getItem('avocet.reviewer')).toBe('Zoë')
  await write('')
  expect(sent.at(-1)).toBeNull()
  expect(document.body.textContent).toContain('You decide as ada.')
})
