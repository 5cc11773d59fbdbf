import type * as workers from 'node:worker_threads'
import type { Hearer, Thread } from './thread.ts'

/** A thread of Node that runs a text. */
export function nodeThread<Report, Order>(
  { Worker }: typeof workers,
  text: string,
  { onReport, onError }: Hearer<Report>,
): Thread<Order> {
  // Loaders of the process are none of the script's.
  const worker = new Worker(text, { eval: true, execArgv: [], name: 'variate' })
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
