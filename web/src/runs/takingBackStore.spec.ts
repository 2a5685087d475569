import { flushPromises } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { useToastStore } from '@/shell/toastStore'
import { fakeServer } from '@/testing/fakeServer'
import { until } from '@/testing/until'
import { useTakingBackStore } from './takingBackStore'

const would = { run_id: 'r', undecided: 3, decided: 2, hidden: 3, dry_run: true }

function server() {
  return fakeServer({
    'DELETE /runs/r': ({ url }) => {
      const all = url.searchParams.get('decided_too') === 'true'
      const dry_run = url.searchParams.get('dry_run') === 'true'
      return { json: { ...would, hidden: all ? 5 : 3, dry_run } }
    },
    'POST /runs/r/restore': () => ({ json: { run_id: 'r', restored: 5 } }),
    'GET /runs': () => ({ json: [] }),
  })
}

it('says first what would go, then takes back, and offers the way back', async () => {
  const desk = server()
  const store = useTakingBackStore()
  await store.ask('r')
  expect(store.would).toEqual(would)
  expect(desk.to('DELETE /runs/r')[0]?.url.searchParams.get('dry_run')).toBe('true')
  await store.takeBack(true)
  expect(store.runId).toBeNull()
  const { toast } = useToastStore()
  expect(toast).toMatchObject({ kind: 'notice', text: 'Took back 5 cards of r.' })
  if (toast?.kind === 'notice') toast.undo?.()
  await until(() => desk.to('GET /runs').length === 2)
  await flushPromises()
  expect(desk.to('POST /runs/r/restore')).toHaveLength(1)
})

it('keeps the question open when it is refused', async () => {
  const json = { code: 'already_importing', detail: 'This run is being imported.' }
  const desk = server()
  const store = useTakingBackStore()
  await store.ask('r')
  desk.routes['DELETE /runs/r'] = () => ({ status: 409, json })
  await store.takeBack(false)
  expect(store.runId).toBe('r')
  expect(store.error?.message).toBe('This run is being imported.')
})
