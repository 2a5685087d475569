import type { InjectionKey, Ref } from 'vue'

/** Longer texts are shown as they are: rendering them would hold the page up. */
export const LONGEST_RENDERED = 200_000

/** Whether the texts of a card are rendered, as far as they have something to render. */
export const TEXTS_RENDERED: InjectionKey<Ref<boolean>> = Symbol('texts rendered')
