import type { InjectionKey, Ref } from 'vue'

/** One toggle for every text of a card, however deep it lies. */
export const INVISIBLES_SHOWN: InjectionKey<Readonly<Ref<boolean>>> = Symbol('invisibles shown')
