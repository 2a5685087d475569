import type { SftQueueItem, SftSubmitRequest } from '@/api/types'

/** A decision that the server has not answered yet. */
export interface PendingDecision {
  request: SftSubmitRequest
  item: SftQueueItem
  /** When the reviewer decided, which is earlier than when the server stored it. */
  at: number
  /** True if the next card is on screen already; otherwise this one stays there until the answer. */
  ahead: boolean
}

/** What happens to a decision when its turn has come. */
export interface Turn<Answer> {
  send: (request: SftSubmitRequest) => Promise<Answer>
  acknowledge: (decision: PendingDecision, answer: Answer) => void
  /** `behind`: the decisions made after it, which come back with it unsent. */
  refuse: (decision: PendingDecision, behind: PendingDecision[], cause: unknown) => void
  /** Called after either of the two. */
  settle: (decision: PendingDecision) => void
}

/**
 * Decisions on their way to the server, one at a time and in order. A refusal brings back all that are still in line.
 */
export class Line {
  waiting: PendingDecision[] = []
  /** Fulfilled when everything put in line so far is done. */
  ended: Promise<unknown> = Promise.resolve()

  /** Run `act` after everything put in line before it. */
  after<T>(act: () => Promise<T>): Promise<T> {
    const done = this.ended.then(act)
    this.ended = done.catch(() => undefined)
    return done
  }

  /** True if the decision was acknowledged; false if it was refused or came back before its turn. */
  put<Answer>(decision: PendingDecision, turn: Turn<Answer>): Promise<boolean> {
    this.waiting.push(decision)
    return this.after(() => this.take(decision.item.id, turn))
  }

  async take<Answer>(id: string, turn: Turn<Answer>): Promise<boolean> {
    const first = this.waiting[0]
    if (first?.item.id !== id) return false
    try {
      const answer = await turn.send(first.request)
      this.waiting.shift()
      turn.acknowledge(first, answer)
      return true
    } catch (cause) {
      const behind = this.waiting.slice(1)
      this.waiting = []
      turn.refuse(first, behind, cause)
      return false
    } finally {
      turn.settle(first)
    }
  }
}
