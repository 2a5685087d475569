import { api, ApiError, asApiError, askOnce } from '@/api/client'
import type { SftQueueItem, SftSubmitRequest, SubmitResult } from '@/api/types'
import { afterPaint } from '@/kit/afterPaint'
import { cardName } from '@/words/text'
import type { Step } from './decision'
import { clearDraft } from './drafts'
import { goneBecause } from './lastAction'
import type { PendingDecision } from './line'
import { useSessionStore } from './sessionStore'
import type { Desk } from './sftState'

/** Whoever is this many cards ahead of the server waits for it. */
const MOST_AHEAD = 8
/** A body that the browser may finish sending after the page is left: 64 KiB, with every character escaped. */
const KEEPALIVE_LENGTH = 10_000

/** Puts the decision in line. `stay`: the desk is known to be away, and its card does not leave on trust. */
export function decide(
  desk: Desk,
  request: SftSubmitRequest,
  item: SftQueueItem,
  stay: boolean,
): Promise<boolean> {
  // After a refusal the next decision waits for its answer as well: the same trouble would bring it straight back.
  const ahead = !stay && !desk.error && desk.line.waiting.length < MOST_AHEAD
  desk.error = null
  const answered = desk.line.put(
    { request, item, at: Date.now(), ahead },
    {
      send,
      acknowledge: (decision, result) => acknowledge(desk, decision, result),
      refuse: (decision, behind, cause) => refuse(desk, decision, behind, asApiError(cause)),
      settle: (decision) => settle(desk, decision),
    },
  )
  if (ahead) desk.leave(item.id)
  else desk.submitting = true
  return answered
}

function send(body: SftSubmitRequest): Promise<SubmitResult> {
  return askOnce(body, (params) =>
    api.POST('/api/sft/submit', { params, body, keepalive: outlivesThePage(body) }),
  )
}

function acknowledge(desk: Desk, decision: PendingDecision, result: SubmitResult): void {
  const { request, item, at, ahead } = decision
  const { decision_id } = result
  desk.own.add(decision_id)
  desk.resumed.delete(item.id)
  clearDraft(item.id)
  if (!ahead) desk.leave(item.id)
  desk.remember({ type: request.action, item, category: request.failure_category ?? null, decision_id })
  useSessionStore().record({ key: item.id, action: request.action, category: result.failure_category, at })
}

/** A card that cannot be decided any more leaves; any other comes back as it was, and all that were decided after it. */
function refuse(
  desk: Desk,
  decision: PendingDecision,
  behind: readonly PendingDecision[],
  error: ApiError,
): void {
  const gone = error.code === 'already_decided' || error.status === 404
  comeBack(desk, gone ? behind : [decision, ...behind])
  const held = heldBack(behind.length)
  if (!gone) {
    desk.error = held ? new ApiError(error.code, error.message + held, error.status, error.body) : error
    return
  }
  if (decision.ahead) desk.queue.decidedHere -= 1
  else desk.remove(decision.item.id)
  desk.notify(
    `${cardName(decision.item)} has left the queue: ${goneBecause(error, decision.item.id)}${held}`,
    true,
  )
}

function comeBack(desk: Desk, decisions: readonly PendingDecision[]): void {
  const left = decisions.filter(({ ahead }) => ahead)
  for (const { item } of left.toReversed()) desk.putBack(item)
  for (const { item, request } of decisions) desk.resumed.set(item.id, stepOf(request))
  if (decisions.some(({ ahead }) => !ahead)) desk.submitting = false
  if (left.length) desk.comebacks += 1
}

/** Where the person was when they decided. */
function stepOf({ action, failure_category }: SftSubmitRequest): Step {
  if (action !== 'accept') return action
  // An accept is one press from rest, unless it took over what had begun.
  return failure_category === undefined ? 'rest' : action
}

function heldBack(cards: number): string {
  if (!cards) return ''
  return cards === 1
    ? ' The decision after it was not sent: its card is back as well.'
    : ` The ${cards} decisions after it were not sent: their cards are back as well.`
}

function settle(desk: Desk, { ahead }: PendingDecision): void {
  if (!ahead) desk.submitting = false
  // With the next card at hand the rest can wait for it to be seen.
  if (desk.queue.ahead < 2) void desk.refill()
  afterPaint(() => {
    void desk.refill()
    if (!desk.line.waiting.length) void desk.refreshStats()
  })
}

function outlivesThePage({ corrected_response, note }: SftSubmitRequest): boolean {
  return (corrected_response?.length ?? 0) + (note?.length ?? 0) < KEEPALIVE_LENGTH
}
