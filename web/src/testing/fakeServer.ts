import { vi } from 'vitest'

export interface Asked {
  route: string
  url: URL
  body: unknown
  /** The Idempotency-Key header. */
  key: string | null
  headers: Headers
}
type Answer = { status?: number; json: unknown }
type Handler = (asked: Asked) => Answer | Promise<Answer>

/**
 * Answer fetch from `routes`, by "METHOD /path", or for one card "METHOD /path id", and record every request.
 * A request for a missing route fails.
 */
export function fakeServer(routes: Record<string, Handler>) {
  const asked: Asked[] = []

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url)
    const path = url.pathname.replace('/api/sft', '')
    const id = path.startsWith('/card') ? [url.searchParams.get('id')].filter(Boolean) : []
    const route = [request.method, path, ...id].join(' ')
    const text = await request.text()
    const key = request.headers.get('idempotency-key')
    const one: Asked = { route, url, body: text ? JSON.parse(text) : null, key, headers: request.headers }
    asked.push(one)
    const handler = routes[route]
    if (!handler) throw new TypeError(`no route ${route}`)
    const { status = 200, json } = await handler(one)
    return new Response(JSON.stringify(json), { status, headers: { 'content-type': 'application/json' } })
  }

  vi.stubGlobal(
    'fetch',
    vi.fn((request: Request) => answer(request)),
  )
  return { routes, asked, to: (route: string) => asked.filter((one) => one.route === route) }
}

/** An EventSource that sends what the test tells it to. */
export function fakeEvents() {
  const opened: FakeSource[] = []
  class FakeSource {
    closed = false
    private readonly listeners = new Map<string, (event: { data: string }) => void>()
    constructor(readonly url: string) {
      opened.push(this)
    }
    addEventListener(name: string, listener: (event: { data: string }) => void): void {
      this.listeners.set(name, listener)
    }
    close(): void {
      this.closed = true
    }
    emit(name: string, data: unknown = null): void {
      this.listeners.get(name)?.({ data: JSON.stringify(data) })
    }
  }
  vi.stubGlobal('EventSource', FakeSource)
  const last = () => {
    const source = opened.at(-1)
    if (!source) throw new Error('no event source was opened')
    return source
  }
  return { opened, tell: (state: unknown) => last().emit('desk', state), fail: () => last().emit('error') }
}

/** A promise and the function that fulfils it, to keep a request pending. */
export function gate<T>() {
  let open!: (value: T) => void
  const passed = new Promise<T>((resolve) => (open = resolve))
  return { passed, open }
}
