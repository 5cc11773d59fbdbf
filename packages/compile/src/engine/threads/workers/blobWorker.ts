import { UnsupportedError } from '@variate/core'
import type { WebWorker } from './webThread.ts'

export const BLOB_REFUSED: string =
  'runLoop: the worker did not start: for worker: true a Content Security Policy must allow worker-src blob:; else let worker be a ' +
  'function that makes one of a file of yours, which calls serveLoops()'

/**
 * A worker of the web's kind that runs a text.
 *
 * @throws UnsupportedError where a policy refuses it at once.
 */
export function blobWorker(text: string): WebWorker {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))
  try {
    const worker = new Worker(url, { type: 'module', name: 'variate' })
    return {
      postMessage: (message, transfer) => worker.postMessage(message, transfer),
      addEventListener: (type, listener) => worker.addEventListener(type, listener),
      terminate: () => {
        worker.terminate()
        URL.revokeObjectURL(url)
      },
    }
  } catch (cause) {
    URL.revokeObjectURL(url)
    throw new UnsupportedError(BLOB_REFUSED, { cause })
  }
}
