import type { CheckFault, FaultInfo } from '@/api/types'
import { FACTS } from './facts'

/** What can be wrong with an item or its check. The order is part of the interface: digit n picks the n-th. */
export const FAULTS: readonly FaultInfo[] = FACTS.faults

export function faultLabel(fault: CheckFault | null | undefined): string | null {
  return FAULTS.find(({ value }) => value === fault)?.label ?? null
}
