import { UnsupportedError } from '@variate/core'
import type { Hearer, Thread } from './thread.ts'

/** What `new Worker` gives in browsers. */
export interface WebWorker {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void
  addEventListener(type: 'message' | 'messageerror' | 'error', listener: (event: Event) => void): void
  terminate(): void
}

/**
 * A worker of the web's kind.
 *
 * @param refused what is said where it did not start.
 */
export function webThread<Report, Order>(
  worker: WebWorker,
  { onReport, onError }: Hearer<Report>,
  refused: string,
): Thread<Order> {
  worker.addEventListener('message', (event) => onReport((event as MessageEvent<Report>).data))
  worker.addEventListener('messageerror', () =>
    onError(new Error('runLoop: a message of the worker cannot be read')),
  )
  worker.addEventListener('error', (event) => {
    // That it could not be loaded comes without a message.
    const { message } = event as Partial<ErrorEvent>
    onError(message ? new Error(`runLoop: in the worker: ${message}`) : new UnsupportedError(refused))
  })
  return {
    post: (order, transfer = []) => worker.postMessage(order, [...transfer] as ArrayBuffer[]),
    hold: () => {},
    end: () => worker.terminate(),
  }
}
