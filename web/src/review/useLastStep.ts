import { useLastStepStore } from './lastStepStore'

/** The step that was taken on the card before, and how to begin this one with it. */
export function useLastStep(): Pick<ReturnType<typeof useLastStepStore>, 'remember' | 'begin'> {
  const { remember, begin } = useLastStepStore()
  return { remember, begin }
}
