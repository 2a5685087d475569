import { nextTick, onScopeDispose, watch } from 'vue'
import { useRoute, useRouter, type LocationQuery } from 'vue-router'
import type { SftQueueItem } from '@/api/types'
import { afterPaint } from '@/kit/afterPaint'
import { useToastStore } from '@/shell/toastStore'
import { cardPath } from '@/words/text'
import { useSftStore } from './sft'
import { readCard } from './undoing'

/** Browsers refuse more than about three changes of the address a second. */
const APART_MS = 400

/**
 * Keep the card on screen in the page's address, so that a reload stays on it and a copied address leads to it.
 * `open` shows the queue, with the card of the address if it waits for review, which is being read meanwhile; it is
 * called again for an address that the page did not write itself.
 */
export function useCardAddress(open: (linked: Promise<SftQueueItem | null> | null) => Promise<void>) {
  const store = useSftStore()
  const current = (): string | null => store.current?.id ?? null
  const route = useRoute()
  const router = useRouter()
  let written: string | null = null
  let writtenAt = -APART_MS
  /** How often `arrive` is under way: until then the address is still the one to follow. */
  let arriving = 0
  /** Whether another page is being loaded: changing the address would call that off. */
  let leaving = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function write(): void {
    if (leaving) return writeSoon()
    const id = current()
    if (arriving || route.name !== 'review' || cardIn(route.query) === id) return
    const { ...query } = route.query
    if (id === null) delete query['card']
    else query['card'] = id
    written = id
    writtenAt = performance.now()
    void router.replace({ path: route.path, query })
  }

  function writeSoon(): void {
    clearTimeout(timer)
    const wait = writtenAt + APART_MS - performance.now()
    if (wait > 0 || leaving) timer = setTimeout(write, Math.max(wait, APART_MS))
    else afterPaint(write)
  }

  /** `isFirst`: the page was just loaded, so a card that is decided already is what its link was meant for. */
  async function arrive(isFirst = false): Promise<void> {
    const id = cardIn(route.query)
    arriving += 1
    try {
      const isLinked = id && id !== written && id !== current()
      if (!isLinked) return await open(null)
      const listed = store.queue.find(id)
      await open(listed ? Promise.resolve(listed) : read(id, isFirst))
    } finally {
      arriving -= 1
      written = cardIn(route.query)
      writeSoon()
    }
  }

  /** The card if it waits for review. */
  async function read(id: string, isFirst: boolean): Promise<SftQueueItem | null> {
    try {
      const item = await readCard(id)
      if (item.status === 'needs_review') return item
      if (isFirst) await router.replace(cardPath(id))
    } catch (cause) {
      useToastStore().notify(
        `The card of this address can’t be shown: ${cause instanceof Error ? cause.message : String(cause)}`,
      )
    }
    return null
  }

  watch(
    () => cardIn(route.query),
    async (id) => {
      if (route.name !== 'review' || arriving || id === written) return
      if (id === null) return writeSoon()
      // other filters arrive by themselves, with this card
      await nextTick()
      if (!arriving && cardIn(route.query) === id) void arrive()
    },
  )
  watch(current, writeSoon)
  const stopWatching = [
    router.beforeEach(() => void (leaving = true)),
    router.afterEach(() => void (leaving = false)),
    router.onError(() => void (leaving = false)),
  ]
  onScopeDispose(() => {
    clearTimeout(timer)
    for (const stop of stopWatching) stop()
  })
  return { arrive }
}

function cardIn(query: LocationQuery): string | null {
  const value = query['card']
  return (Array.isArray(value) ? value[0] : value) || null
}
