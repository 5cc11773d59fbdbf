import type * as workers from 'node:worker_threads'
import { UnsupportedError } from '@variate/core'
import type { Order } from './messages.ts'

/** A worker that has started. */
export interface Thread {
  post(order: Order, transfer?: readonly ArrayBufferLike[]): void
  /** Whether it keeps a process alive: it does so at first. */
  hold(isHeld: boolean): void
  end(): unknown
}

/** Who hears what a worker tells, and that it failed. */
export interface Hearer<Report> {
  onReport(report: Report): void
  onError(error: unknown): void
}

/**
 * Starts a worker, of the web's kind or of Node's.
 *
 * @param text what it runs: a script that needs nothing else.
 * @throws UnsupportedError where there are none.
 */
export function startThread<Report>(text: string, hearer: Hearer<Report>): Thread {
  if (typeof Worker === 'function') return webThread(text, hearer)
  const node = globalThis.process?.getBuiltinModule?.('node:worker_threads')
  if (node) return nodeThread(node, text, hearer)
  throw new UnsupportedError(
    'runLoop: this runtime has no workers, neither Worker nor node:worker_threads: leave worker out, and the run has pauses',
  )
}

function webThread<Report>(text: string, { onReport, onError }: Hearer<Report>): Thread {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))
  const fail = (cause?: unknown): UnsupportedError =>
    new UnsupportedError(
      'runLoop: the worker did not start: a Content Security Policy must allow worker-src blob: for it, or leave worker out',
      { cause },
    )
  let worker: Worker
  try {
    worker = new Worker(url, { name: 'variate' })
  } catch (cause) {
    URL.revokeObjectURL(url)
    throw fail(cause)
  }
  worker.onmessage = ({ data }) => onReport(data as Report)
  worker.onmessageerror = () => onError(new Error('runLoop: a message of the worker cannot be read'))
  // That it could not be loaded comes without a message.
  worker.onerror = ({ message }) =>
    onError(message ? new Error(`runLoop: in the worker: ${message}`) : fail())
  return {
    post: (order, transfer = []) => worker.postMessage(order, [...transfer] as ArrayBuffer[]),
    hold: () => {},
    end: () => {
      worker.terminate()
      URL.revokeObjectURL(url)
    },
  }
}

function nodeThread<Report>(
  { Worker: NodeWorker }: typeof workers,
  text: string,
  { onReport, onError }: Hearer<Report>,
): Thread {
  // Loaders of the process are none of the script's.
  const worker = new NodeWorker(text, { eval: true, execArgv: [], name: 'variate' })
  worker.on('message', onReport)
  worker.on('messageerror', onError)
  worker.on('error', onError)
  worker.on('exit', (code) => onError(new Error(`runLoop: the worker ended with code ${code}`)))
  return {
    post: (order, transfer = []) => worker.postMessage(order, [...transfer] as ArrayBuffer[]),
    hold: (isHeld) => (isHeld ? worker.ref() : worker.unref()),
    end: () => worker.terminate(),
  }
}
