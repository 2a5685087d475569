import { useLastStepStore } from './lastStepStore'

/** How the last step was begun, to begin the next one alike. */
export function useLastStep(): Pick<ReturnType<typeof useLastStepStore>, 'remember' | 'begin'> {
  const { remember, begin } = useLastStepStore()
  return { remember, begin }
}
