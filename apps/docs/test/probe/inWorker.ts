import { given } from './compiled.ts'
import type { Answer } from './worker.ts'

/** What the bytes of the loop give in a Web Worker. */
export function inWorker(bytes: readonly number[]): Promise<Answer> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  const answer = new Promise<Answer>((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => resolve(data as Answer))
    worker.addEventListener('error', ({ message }) => reject(new Error(`in the worker: ${message}`)))
  })
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- workers have none
  worker.postMessage({ bytes: Uint8Array.from(bytes), given })
  return answer.finally(() => worker.terminate())
}
