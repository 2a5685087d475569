import { useRemembered } from './useRemembered'

/** Whether a letter, digit or sign alone is a key of the page: who speaks or slips into keys needs them off. */
export const letterKeys = useRemembered('letter-keys', true)
