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

/** A reviewer who is this many cards ahead of the server waits for it. */
const MOST_AHEAD = 8
/** The most characters in a body sent with `keepalive`, which browsers limit to 64 KiB, even if each is escaped. */
const KEEPALIVE_LENGTH = 10_000

/** Put a decision in line. `stay`: the desk is known to be away, so the card stays on screen until it is answered. */
export function decide(
  desk: Desk,
  request: SftSubmitRequest,
  item: SftQueueItem,
  stay: boolean,
): Promise<boolean> {
  // After a refusal the next decision waits for its answer too: the same problem would bring it straight back.
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

/** Take a refusal: a card that can no longer be decided leaves; otherwise it comes back with all decided after it. */
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

/** The step in which the reviewer made the decision. */
function stepOf({ action, failure_category, proposed }: SftSubmitRequest): Step {
  if (proposed?.taken) return 'rest'
  if (action !== 'accept') return action
  // An accept is a single press at rest, unless another step had begun.
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
  // If the next card is at hand, fetching more can wait until it is on screen.
  if (desk.queue.ahead < 2) void desk.refill()
  afterPaint(() => {
    void desk.refill()
    if (!desk.line.waiting.length) void desk.refreshStats()
  })
}

function outlivesThePage(request: SftSubmitRequest): boolean {
  return JSON.stringify(request).length < KEEPALIVE_LENGTH
}
