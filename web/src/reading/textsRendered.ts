import type { InjectionKey, Ref } from 'vue'
import { readJson } from './jsonLayout'
import { looksLikeMarkdown } from './textKind'

/** Longer texts are shown as they are: rendering them would hold the page up. */
export const LONGEST_RENDERED = 200_000

/** Whether the texts of a card are rendered, as far as they have something to render. */
export const TEXTS_RENDERED: InjectionKey<Ref<boolean>> = Symbol('texts rendered')

/** Whether a response has something to render. */
export function isRenderable(text: string, language: string | null): boolean {
  return (
    text.length < LONGEST_RENDERED &&
    (language !== null || looksLikeMarkdown(text) || readJson(text) !== null)
  )
}
