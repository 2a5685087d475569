import { useRemembered } from './useRemembered'

/** Whether cards show what a rule proposes. */
export const proposalsShown = useRemembered('proposals', true)
