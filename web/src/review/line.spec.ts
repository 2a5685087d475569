import { expect, it } from 'vitest'
import { gate } from '@/testing/fakeServer'
import { card } from '@/testing/fixtures'
import { Line, type PendingDecision } from './line'

/** A line whose decisions are answered when told to, and a record of what it does. */
function slowLine() {
  const line = new Line()
  const heard: string[] = []
  const gates: ReturnType<typeof gate<Error | null>>[] = []
  const decide = (id: string) =>
    line.put(
      { request: { id, action: 'discard' }, item: card(id), at: 0, ahead: true },
      {
        send: async ({ id: sent }) => {
          heard.push(`sent ${sent}`)
          const mine = gate<Error | null>()
          gates.push(mine)
          const refusal = await mine.passed
          if (refusal) throw refusal
          return sent
        },
        acknowledge: ({ item }, answer) => heard.push(`done ${item.id} ${answer}`),
        refuse: ({ item }, behind, cause) =>
          heard.push(`refused ${item.id} ${names(behind)} ${String(cause)}`),
        settle: ({ item }) => heard.push(`settled ${item.id}`),
      },
    )
  const answer = async (refusal: Error | null = null) => {
    gates.shift()!.open(refusal)
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { line, heard, decide, answer }
}

const names = (decisions: readonly PendingDecision[]) => decisions.map(({ item }) => item.id).join('+')

it('sends one at a time, in the order in which they were made', async () => {
  const { line, heard, decide, answer } = slowLine()
  const answered = [decide('c1'), decide('c2')]
  await Promise.resolve()
  expect([names(line.waiting), heard]).toEqual(['c1+c2', ['sent c1']])
  await answer()
  expect(heard).toEqual(['sent c1', 'done c1 c1', 'settled c1', 'sent c2'])
  expect(names(line.waiting)).toBe('c2')
  await answer()
  expect(await Promise.all(answered)).toEqual([true, true])
  expect(line.waiting).toEqual([])
})

it('a refusal brings back those behind it, unsent, and the line goes on', async () => {
  const { line, heard, decide, answer } = slowLine()
  const answered = [decide('c1'), decide('c2'), decide('c3')]
  await Promise.resolve()
  await answer(new Error('The disk is full.'))
  expect(await Promise.all(answered)).toEqual([false, false, false])
  expect(heard).toEqual(['sent c1', 'refused c1 c2+c3 Error: The disk is full.', 'settled c1'])
  expect(line.waiting).toEqual([])
  const again = decide('c2')
  await Promise.resolve()
  await answer()
  expect(await again).toBe(true)
})

it('other steps wait for what stands in it, and a failure among them holds up nobody', async () => {
  const { line, decide, answer } = slowLine()
  void decide('c1')
  let ended = false
  void line.ended.then(() => (ended = true))
  await Promise.resolve()
  expect(ended).toBe(false)
  await answer()
  expect(ended).toBe(true)
  await expect(line.after(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await line.after(() => Promise.resolve('next'))).toBe('next')
})
