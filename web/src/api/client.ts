import createClient from 'openapi-fetch'
import type { paths } from './schema'

/** Looked up at every call, not once: tests replace fetch. */
export const api = createClient<paths>({
  baseUrl: typeof location === 'undefined' ? '' : location.origin,
  fetch: (request) => globalThis.fetch(request),
})

/** What every failed request becomes: the server's code and its sentence for a person. */
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

/** Answers the body, or throws an ApiError: for a refusal, for a lost server, for an answer that is not ours. */
export async function ask<T>(request: Promise<Answer<T>>): Promise<T> {
  const answer = await request.catch((cause: unknown) => {
    if (isAbort(cause)) throw cause
    throw lostServer()
  })
  if (answer.response.ok && answer.data !== undefined) return answer.data
  throw toApiError(answer.error, answer.response.status)
}

/** Keys of requests whose outcome nobody knows yet: the same request once more is the same attempt. */
const unsure = new Map<string, string>()

/**
 * Sends what must not be done twice. While its outcome is unknown the same request has the same key, and the
 * server answers as it did the first time; where it does not know itself, asking once more tells.
 * An undo is sent as a list: it ends all attempts before it.
 */
export async function askOnce<T>(
  request: unknown,
  send: (params: { header: { 'Idempotency-Key': string } }) => Promise<Answer<T>>,
  doubt?: unknown,
): Promise<T> {
  const named = JSON.stringify(request)
  // Not `randomUUID`, which is there on safe origins only.
  const key = unsure.get(named) ?? crypto.getRandomValues(new Uint32Array(4)).join('-')
  unsure.set(named, key)
  try {
    const answer = await ask(send({ header: { 'Idempotency-Key': key } }))
    // What is undone may be done again, as another attempt.
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
