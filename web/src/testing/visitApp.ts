import { flushPromises, mount } from '@vue/test-utils'
import { createMemoryHistory, createRouter } from 'vue-router'
import App from './loadedApp'
import { routes } from '@/router'
import { press } from './press'

/**
 * The whole app at an address, with functions to read and press what is on it. Sheets and menus are looked for in the
 * whole document.
 */
export async function visitApp(path: string) {
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push(path)
  const page = mount(App, { global: { plugins: [router] }, attachTo: document.body })
  await settle()
  const all = (id: string) => [...document.querySelectorAll<HTMLElement>(`[data-testid="${id}"]`)]
  const get = (id: string): HTMLElement => {
    const found = all(id)[0]
    if (!found) throw new Error(`nothing on the page is called ${id}`)
    return found
  }
  return {
    page,
    router,
    all,
    get,
    has: (id: string) => all(id).length > 0,
    text: (id: string) => get(id).textContent.replace(/\s+/g, ' ').trim(),
    /** The address, but for the card on screen: that follows in its own time. */
    url: () => router.currentRoute.value.fullPath.replace(/[?&]card=[^&]*$/, ''),
    card: () => router.currentRoute.value.query['card'] ?? null,
    click: async (element: string | HTMLElement) => {
      const target = typeof element === 'string' ? get(element) : element
      target.focus()
      target.click()
      await settle()
    },
    key: async (key: string, target?: EventTarget) => {
      press(key, {}, target)
      await settle()
    },
    write: async (id: string, text: string) => {
      const field = get(id) as HTMLInputElement
      field.value = text
      field.dispatchEvent(new Event('input', { bubbles: true }))
      await settle()
    },
  }
}

/** Wait for what is loaded lazily. */
export async function settle(): Promise<void> {
  await flushPromises()
  await new Promise((resolve) => setImmediate(resolve))
  await flushPromises()
}
