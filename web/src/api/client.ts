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
