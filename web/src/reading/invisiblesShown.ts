import type { InjectionKey, Ref } from 'vue'

/** The toggle shared by all texts of a card, however deep in the tree they are. */
export const INVISIBLES_SHOWN: InjectionKey<Readonly<Ref<boolean>>> = Symbol('invisibles shown')
