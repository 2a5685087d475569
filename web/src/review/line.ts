import type { SftQueueItem, SftSubmitRequest } from '@/api/types'

/** A decision that was made here and is not answered yet. */
export interface PendingDecision {
  request: SftSubmitRequest
  item: SftQueueItem
  /** When the person decided, which is before the desk knew. */
  at: number
  /** The next card is on screen already; otherwise this one waits there for the answer. */
  ahead: boolean
}

/** What becomes of a decision when its turn has come. */
export interface Turn<Answer> {
  send: (request: SftSubmitRequest) => Promise<Answer>
  acknowledge: (decision: PendingDecision, answer: Answer) => void
  /** `behind`: those that were decided after it, and come back unsent with it. */
  refuse: (decision: PendingDecision, behind: PendingDecision[], cause: unknown) => void
  /** After either. */
  settle: (decision: PendingDecision) => void
}

/** Decisions on their way to the desk, one at a time and in order. A refusal brings back all that stand in it. */
export class Line {
  waiting: PendingDecision[] = []
  /** Fulfilled when all that was put in line so far is done. */
  ended: Promise<unknown> = Promise.resolve()

  /** Acts after everything that was put in line before. */
  after<T>(act: () => Promise<T>): Promise<T> {
    const done = this.ended.then(act)
    this.ended = done.catch(() => undefined)
    return done
  }

  /** True when the decision was acknowledged; false when it was refused, or came back before its turn. */
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
