import { useRemembered } from './useRemembered'

/** Whether single letters, digits and signs are shortcuts; speech input and slips of the hand need them off. */
export const letterKeys = useRemembered('letter-keys', true)
