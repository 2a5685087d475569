import { computed, onMounted, onScopeDispose, ref, watch } from 'vue'
import { useRouter } from 'vue-router'
import { contents, type DocsPage } from '@/docs/pages'
import { keyLabel } from '@/kit/useReviewKeys'
import { useSftStore } from '@/review/sft'
import { useRunsStore } from '@/runs/runsStore'
import { THEMES, useTheme } from '@/shell/useTheme'
import { useViewsStore } from '@/views/viewsStore'
import { type Entry, found } from './entries'
import { cardEntries, docsEntries, filterEntries, pageEntries, runEntries, viewEntries } from './lists'
import { asSearched, usePaletteStore } from './paletteStore'

/** What `help` and `history` open belongs to the app around the palette. */
export function usePalette(opens: { help: () => void; history: () => void }) {
  const router = useRouter()
  const desk = useSftStore()
  const runs = useRunsStore()
  const views = useViewsStore()
  const cards = usePaletteStore()
  const { set } = useTheme()
  const typed = ref('')
  const pages = ref<DocsPage[]>([])

  function action(title: string, act: () => void, more: Partial<Entry> = {}): Entry {
    return { group: 'Actions', title, act, ...more }
  }
  const actions = computed<Entry[]>(() => [
    action('Undo the last decision', () => void desk.undo(), { hint: keyLabel('undo') }),
    action('History of your decisions', opens.history, { hint: keyLabel('history') }),
    action('Keys and categories', opens.help, { hint: keyLabel('help'), words: 'help shortcuts' }),
    { group: 'Actions', title: 'Import a run', words: 'upload file drop', to: '/runs' },
    { group: 'Actions', title: 'Tags', hint: 'rename, merge, delete', words: 'labels', to: '/tags' },
    ...THEMES.map((theme) => action(`Theme: ${theme}`, () => set(theme), { words: 'dark light colours' })),
  ])
  const entries = computed<Entry[]>(() => [
    ...pageEntries(router.getRoutes()),
    ...actions.value,
    ...runEntries(runs.runs),
    ...viewEntries(views.views),
    ...filterEntries(desk.stats),
    ...cardEntries(cards.q === asSearched(typed.value) ? cards.cards : [], typed.value),
    ...docsEntries(pages.value),
  ])
  const sections = computed(() => found(entries.value, typed.value))

  async function take(entry: Entry): Promise<void> {
    if (entry.to) await router.push(entry.to)
    entry.act?.()
  }

  watch(typed, (now) => cards.look(now))
  onMounted(async () => {
    if (!runs.loaded) void runs.load()
    void views.load()
    // Without the start page of the documentation its pages are not offered here.
    pages.value = await contents().catch(() => [])
  })
  onScopeDispose(() => cards.forget())
  return { typed, sections, take }
}
