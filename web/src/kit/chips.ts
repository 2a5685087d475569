import type { InjectionKey } from 'vue'

/** What a chip needs from its group. */
export interface ChipGroup {
  isOn: (value: string) => boolean
  isDisabled: () => boolean
  /** Whether Tab stops at this chip; the arrows go to the others. */
  isStop: (value: string) => boolean
  add: (value: string) => void
  remove: (value: string) => void
  toggle: (value: string) => void
  focused: (value: string | null) => void
}

export const CHIP_GROUP: InjectionKey<ChipGroup> = Symbol('chips')
