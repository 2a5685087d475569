import { computed, ref } from 'vue'
import type { Standing } from './decision'
import type { Draft } from './drafts'
import { asLines, MUST_KINDS, type MustKind, type MustLines, mustProblem } from './must'

/** What a right answer must contain, and what not, while a decision is made. */
export function useMust(draft: Draft | null, standing: Standing | null) {
  const stood: Record<MustKind, readonly string[]> = {
    must: standing?.must ?? [],
    must_not: standing?.must_not ?? [],
  }
  /** As it was typed. */
  const written = ref<Record<MustKind, string>>({
    must: (draft?.must ?? stood.must).join('\n'),
    must_not: (draft?.must_not ?? stood.must_not).join('\n'),
  })
  const open = ref(false)
  const lines = computed<MustLines>(() => ({
    must: asLines(written.value.must),
    must_not: asLines(written.value.must_not),
  }))
  const problem = computed(() => mustProblem(lines.value))

  /** Whether these can be sent; if not, the page shows why. */
  function canSend(): boolean {
    open.value ||= problem.value !== null
    return problem.value === null
  }

  /** The lists of which something can be said, by what they are compared with. */
  function those(which: (kind: MustKind) => boolean): Partial<MustLines> {
    const kinds = MUST_KINDS.map(({ kind }) => kind).filter(which)
    return Object.fromEntries(kinds.map((kind) => [kind, lines.value[kind]]))
  }

  const said = (): Partial<MustLines> => those((kind) => lines.value[kind].length > 0)
  const inDraft = computed(() => those((kind) => lines.value[kind].join('\n') !== stood[kind].join('\n')))

  return {
    ...{ written, open, lines, problem, canSend, said, inDraft },
    toggle: (): void => void (open.value = !open.value),
    write: (kind: MustKind, text: string): void => void (written.value[kind] = text),
  }
}
