import type { SftQueueItem, SftSubmitRequest } from '@/api/types'
import { NO_FILTERS } from '@/review/queueFilters'
import { useSftStore } from '@/review/sft'
import { fakeServer } from './fakeServer'
import { queuePage, stats, undoneVerdict } from './fixtures'

type Refusal = { status: number; json: Record<string, unknown> }

/** A small desk in memory: lists pages by keyset, decides and undoes. */
export function desk(items: SftQueueItem[], refuse: { submit?: Refusal; undo?: Refusal } = {}) {
  const decided = new Map<string, SftSubmitRequest>()
  return fakeServer({
    'GET /queue': ({ url }) => {
      const after = url.searchParams.get('after')
      const per_page = Number(url.searchParams.get('per_page'))
      const from = after ? items.findIndex(({ id }) => id === after) + 1 : 0
      const open = items.filter(({ id }, index) => index >= from && !decided.has(id))
      return {
        json: queuePage(open.slice(0, per_page), { total: items.length - decided.size, per_page }),
      }
    },
    'GET /stats': () => ({ json: stats({ total: items.length }) }),
    'POST /submit': ({ body }) => {
      if (refuse.submit) return refuse.submit
      const request = body as SftSubmitRequest
      decided.set(request.id, request)
      const failure_category = request.failure_category ?? null
      return { json: { ok: true, id: request.id, status: 'approved', failure_category, decision_id: 1 } }
    },
    'POST /undo': ({ body }) => {
      if (refuse.undo) return refuse.undo
      const { id } = body as { id: string }
      const was = decided.get(id)!
      decided.delete(id)
      const undone = undoneVerdict(was)
      return { json: { ok: true, id, status: 'needs_review', undone } }
    },
  })
}

/** The review store, opened on these cards. */
export async function opened(items: SftQueueItem[], refuse: Parameters<typeof desk>[1] = {}) {
  const server = desk(items, refuse)
  const store = useSftStore()
  await store.open(NO_FILTERS)
  return { server, store }
}
