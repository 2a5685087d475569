import { computed, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { ViewPage } from '@/api/types'
import { isSame, type Query, viewQuery } from './views'
import { useViewsStore } from './viewsStore'

/** The view whose name is in the page's address. `query` is what the page shows now. */
export function useView(page: ViewPage, query: () => Query) {
  const route = useRoute()
  const router = useRouter()
  const store = useViewsStore()
  const name = computed(() => [route.query['view'] ?? null].flat()[0] ?? null)
  const view = computed(() => store.find(page, name.value))
  const isChanged = computed(() => view.value !== null && !isSame(view.value.query, query()))

  async function save(as: string): Promise<boolean> {
    const done = await store.save(page, as, query())
    if (done) await show(as)
    return done
  }

  async function rename(to: string): Promise<boolean> {
    if (!view.value) return false
    const done = await store.save(page, to, view.value.query, view.value.name)
    if (done) await router.replace({ query: { ...route.query, view: to } })
    return done
  }

  async function forget(): Promise<void> {
    if (!view.value || !(await store.forget(page, view.value.name))) return
    await router.replace({ query: { ...route.query, view: undefined } })
  }

  /** Open a view as it was saved. */
  async function show(name: string): Promise<void> {
    const found = store.find(page, name)
    if (found) await router.push({ query: viewQuery(found) })
  }

  watch(name, (now) => now && !store.loaded && void store.load(), { immediate: true })
  return {
    view,
    views: computed(() => store.views.filter((one) => one.page === page)),
    error: computed(() => store.error?.message ?? null),
    isChanged,
    save,
    rename,
    forget,
    show,
    /** Read the views anew, and forget what went wrong before. */
    look: () => void store.load(),
  }
}
