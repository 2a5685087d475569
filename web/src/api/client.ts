import createClient from 'openapi-fetch'
import { ownName } from './ownName'
import type { paths } from './schema'

/** Calls the `fetch` of the moment instead of keeping the first one, because tests replace it. */
export const api = createClient<paths, 'application/json'>({
  baseUrl: typeof location === 'undefined' ? '' : location.origin,
  fetch: (request) => {
    const name = ownName()
    if (name) request.headers.set('Avocet-Reviewer', encodeURIComponent(name))
    return globalThis.fetch(request)
  },
})

/** A failed request: the server's error code and its message for a person. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
    readonly body: Readonly<Record<string, unknown>> = {},
  ) {
    super(message)
    this.name = 'ApiError'
  }
}

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** Return the body, or throw an ApiError: the server refused, was not reached, or sent an answer that is not ours. */
export async function ask<T>(request: Promise<Answer<T>>): Promise<T> {
  const answer = await request.catch((cause: unknown) => {
    if (isAbort(cause)) throw cause
    throw lostServer()
  })
  if (answer.response.ok && answer.data !== undefined) return answer.data
  throw toApiError(answer.error, answer.response.status)
}

/** Idempotency keys of requests whose outcome is not known yet, by request: repeating one is the same attempt. */
const unsure = new Map<string, string>()

/**
 * Send a request that must not take effect twice.
 * While its outcome is unknown, a repeated request carries the same key, and the server answers as it did the first
 * time. If the server does not know the outcome either, asking once more settles it. An undo is sent as a list: it
 * ends all attempts before it.
 */
export async function askOnce<T>(
  request: unknown,
  send: (params: { header: { 'Idempotency-Key': string } }) => Promise<Answer<T>>,
  doubt?: unknown,
): Promise<T> {
  const named = JSON.stringify(request)
  // Not `randomUUID`, which exists only on secure origins.
  const key = unsure.get(named) ?? crypto.getRandomValues(new Uint32Array(4)).join('-')
  unsure.set(named, key)
  try {
    const answer = await ask(send({ header: { 'Idempotency-Key': key } }))
    // A decision that was undone may be made again, as a new attempt.
    if (Array.isArray(request)) unsure.clear()
    unsure.delete(named)
    return answer
  } catch (cause) {
    const { status, code } = asApiError(cause)
    const refused = status >= 400 && status < 500
    if (refused) unsure.delete(named)
    else if (doubt) throw doubt
    else if (code === 'outcome_unknown') return askOnce(request, send, cause)
    throw cause
  }
}

export function isAbort(cause: unknown): boolean {
  return cause instanceof DOMException && cause.name === 'AbortError'
}

export function asApiError(cause: unknown): ApiError {
  if (cause instanceof ApiError) return cause
  return new ApiError('unexpected', cause instanceof Error ? cause.message : String(cause), 0)
}

export function lostServer(): ApiError {
  return new ApiError(
    'lost_server',
    'The server does not answer. Start it again with “avocet serve”, then try once more.',
    0,
  )
}

export function toApiError(body: unknown, status: number): ApiError {
  const fields = isRecord(body) ? body : {}
  const code = typeof fields['code'] === 'string' ? fields['code'] : `http_${status}`
  const detail = typeof fields['detail'] === 'string' ? fields['detail'] : ''
  return new ApiError(code, detail || fallbackSentence(status), status, fields)
}

function fallbackSentence(status: number): string {
  if (status === 401)
    return 'This server wants its token: open this page once with ?token=… (the AVOCET_TOKEN it was started with).'
  return `The server answered with an error (${status}).`
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
