import type { DeskFacts } from '@/api/types'

/** The facts that the server puts into the page itself (see GET /desk), so that nothing waits for them. */
export const FACTS = JSON.parse(document.getElementById('desk-facts')?.textContent ?? 'null') as DeskFacts
