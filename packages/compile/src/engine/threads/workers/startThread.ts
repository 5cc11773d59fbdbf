import { UnsupportedError } from '@variate/core'
import { blobWorker, BLOB_REFUSED } from './blobWorker.ts'
import { nodeThread } from './nodeThread.ts'
import type { Hearer, Thread } from './thread.ts'
import { webThread } from './webThread.ts'

/**
 * Starts a worker, of the web's kind or of Node's.
 *
 * @param text what it runs: a script that needs nothing else.
 * @throws UnsupportedError where there are none.
 */
export function startThread<Report, Order>(text: string, hearer: Hearer<Report>): Thread<Order> {
  if (typeof Worker === 'function') return webThread(blobWorker(text), hearer, BLOB_REFUSED)
  const node = globalThis.process?.getBuiltinModule?.('node:worker_threads')
  if (node) return nodeThread(node, text, hearer)
  throw new UnsupportedError(
    'runLoop: this runtime has no workers, neither Worker nor node:worker_threads: leave worker out, and the run has pauses',
  )
}
