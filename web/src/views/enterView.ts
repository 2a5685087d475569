import type { RouteLocationNormalized, RouteLocationRaw } from 'vue-router'
import type { ViewPage } from '@/api/types'
import { useToastStore } from '@/shell/toastStore'
import { viewQuery } from './views'
import { useViewsStore } from './viewsStore'

/** The address of a page that is entered by the name of a view alone; one that is not there is said, and left out. */
export async function enterView(page: ViewPage, to: RouteLocationNormalized): Promise<RouteLocationRaw> {
  const { view: name, card } = to.query
  const here = card ? { card } : {}
  try {
    const view = await useViewsStore().read(page, String([name].flat()[0]))
    return { path: to.path, query: { ...viewQuery(view), ...here } }
  } catch (cause) {
    useToastStore().notify(cause instanceof Error ? cause.message : String(cause))
    return { path: to.path, query: here }
  }
}
