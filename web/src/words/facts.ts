import type { DeskFacts } from '@/api/types'

/** What the server says once, in the page itself: nothing waits for it, and nothing is said twice (GET /desk). */
export const FACTS = JSON.parse(document.getElementById('desk-facts')?.textContent ?? 'null') as DeskFacts
