import type { SftMessage } from '@/api/types'

/** A prompt as it is copied: one turn as it is, several with the role of each. */
export function promptText(turns: readonly SftMessage[]): string {
  if (turns.length === 1) return turns[0]?.content ?? ''
  return turns.map(({ role, content }) => `${role}:\n${content ?? ''}`).join('\n\n')
}
