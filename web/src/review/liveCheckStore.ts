import { defineStore } from 'pinia'
import { api, ask, asApiError } from '@/api/client'
import type { CheckOutcome } from '@/api/types'
import { marksOf, questionOf } from '@/reading/patternMarks'
import type { TextMark } from '@/reading/textPieces'

/** The text is checked once nothing was typed for this long. */
const PAUSE_MS = 400
/** The limit of the server. */
const LONGEST = 1_000_000

let timer: ReturnType<typeof setTimeout> | undefined
/** Counts the questions, so that the answer to an older one is dropped. */
let asked = 0

interface LiveCheckState {
  /** The text that the rest speaks of; null before the first answer. */
  text: string | null
  outcome: CheckOutcome | null
  /** Where the patterns of the check match the text. */
  marks: TextMark[]
  /** Why there is no outcome, in a sentence; null if there is one, or if the desk knows no check. */
  trouble: string | null
}

const nothing = (): LiveCheckState => ({ text: null, outcome: null, marks: [], trouble: null })

/** What the card's own check says of a correction while it is typed. */
export const useLiveCheckStore = defineStore('liveCheck', {
  state: nothing,

  actions: {
    /** Ask once typing pauses. */
    look(id: string, text: string): void {
      this.hold()
      timer = setTimeout(() => void this.read(id, text), PAUSE_MS)
    },

    /** Drop what was asked and not answered. */
    hold(): void {
      clearTimeout(timer)
      asked += 1
    },

    clear(): void {
      this.hold()
      this.$patch(nothing())
    },

    async read(id: string, text: string): Promise<void> {
      const mine = ++asked
      const said = { ...nothing(), text }
      try {
        if (text.length <= LONGEST)
          said.outcome = await ask(api.POST('/api/sft/check', { body: { id, text } }))
      } catch (cause) {
        const error = asApiError(cause)
        if (error.code !== 'check_unknown') said.trouble = error.message
      }
      if (mine !== asked) return
      if (said.outcome) said.marks = await marksIn(text, said.outcome)
      if (mine === asked) this.$patch((state) => Object.assign(state, said))
    },
  },
})

/** Where the patterns of a check stand in a text: those that match now, those that nearly do, the forbidden ones. */
async function marksIn(text: string, { parts }: CheckOutcome): Promise<TextMark[]> {
  const wanted = parts.filter(({ kind }) => kind === 'required')
  const found = parts.filter(({ kind, holds }) => kind === 'forbidden' && !holds)
  const question = questionOf(text, {
    ...{ patterns: null, length: null, value: null },
    missing: wanted.map((part) => part.wanted),
    forbidden: found.map((part) => part.wanted),
  })
  if (!question) return []
  try {
    const answer = await ask(api.POST('/api/sft/pattern-marks', { body: question }))
    const matched = new Set(wanted.filter(({ holds }) => holds).map((part) => part.wanted))
    const hold = new Set(
      answer.legend
        .filter(({ kind, pattern }) => kind === 'near' && matched.has(pattern))
        .map((one) => one.number),
    )
    return marksOf(answer).marks.map((mark) =>
      mark.number !== undefined && hold.has(mark.number)
        ? { ...mark, kind: 'matched', says: 'Matches now' }
        : mark,
    )
  } catch {
    // The text is shown without marks; the line says what holds.
    return []
  }
}
