import { watch } from 'vue'
import { ApiError, api, ask, asApiError, isAbort } from '@/api/client'
import type { Job, JobRequest, JobResult } from '@/api/types'
import { useLiveStore } from '@/shell/liveStore'

/** Short jobs end before an event says so, so the first questions follow each other quickly. */
const SOON_MS = [40, 80, 160, 320] as const
const ASK_MS = 500
/** While events report the progress, asking only covers the case that one got lost. */
const ASK_WHILE_TOLD_MS = 5_000

export function isOpen({ state }: Job): boolean {
  return state === 'queued' || state === 'running'
}

export function startJob(request: JobRequest): Promise<Job> {
  return ask(api.POST('/api/sft/jobs', { body: request }))
}

/** Ask a job to stop without waiting for it: what was done by then stays, and the job reports its own end. */
export async function stopJob(jobId: string): Promise<void> {
  await ask(api.DELETE('/api/sft/jobs/{job_id}', { params: { path: { job_id: jobId } } })).catch(() => null)
}

/** Wait for a job's end, also while the desk is away for a while. Throws if the desk does not know the job. */
export async function followJob(
  jobId: string,
  tell: (job: Job) => void,
  signal?: AbortSignal,
): Promise<JobResult> {
  const params = { path: { job_id: jobId } }
  for (let looks = 0; ; looks += 1) {
    await rest(jobId, looks, tell, signal)
    try {
      const answer = await ask(api.GET('/api/sft/jobs/{job_id}', { params, signal: signal ?? null }))
      signal?.throwIfAborted()
      tell(answer.job)
      if (!isOpen(answer.job)) return answer
    } catch (cause) {
      if (isAbort(cause) || !isAway(asApiError(cause))) throw cause
    }
  }
}

/** The error of a job that ended without a result. */
export function jobError(job: Job): ApiError {
  const { code, detail } = job.error ?? {}
  const reason = typeof detail === 'string' ? detail : 'It was stopped.'
  return new ApiError(typeof code === 'string' ? code : job.state, reason, 0, job.error ?? {})
}

/** Wait until the next question is due, an event says that the job ended, or `signal` aborts. */
function rest(jobId: string, looks: number, tell: (job: Job) => void, signal?: AbortSignal): Promise<void> {
  const live = useLiveStore()
  const isTold = live.status === 'live'
  const ms = SOON_MS[looks] ?? (isTold ? ASK_WHILE_TOLD_MS : ASK_MS)
  return new Promise((resolve, reject) => {
    const done = (): void => {
      clearTimeout(timer)
      stop()
      signal?.removeEventListener('abort', abort)
    }
    const abort = (): void => {
      done()
      reject(new DOMException('Nobody waits for it any more.', 'AbortError'))
    }
    const timer = setTimeout(() => {
      done()
      resolve()
    }, ms)
    const stop = watch(
      () => live.desk?.jobs.find((job) => job.job_id === jobId),
      (job) => {
        if (!job) return
        tell(job)
        if (isOpen(job)) return
        done()
        resolve()
      },
    )
    if (signal?.aborted) abort()
    else signal?.addEventListener('abort', abort)
  })
}

function isAway({ status, code }: ApiError): boolean {
  return code === 'lost_server' || status >= 502
}
