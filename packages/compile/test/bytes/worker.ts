import { parentPort, workerData } from 'node:worker_threads'
import { ndarray, type NumericArray } from '@variate/core'
import { fromBytes } from '../../src/bytes/fromBytes.ts'
import { plain } from './plain.ts'

/** What each of two workers is sent: a program, what it is called with and how often, and a count of those that are ready. */
export interface Task {
  readonly bytes: Uint8Array
  /** Arrays of several axes arrive as records, for classes do not pass between threads. */
  readonly args: readonly (
    | NumericArray
    | { readonly data: NumericArray; readonly shape: readonly number[] }
  )[]
  readonly times: number
  readonly ready: Int32Array
}

const { bytes, args, times, ready } = workerData as Task
const run = fromBytes(bytes, { plain: true })
const given = args.map((x) => ('shape' in x ? ndarray(x.data, x.shape) : x))

// Neither begins before the other is there.
if (Atomics.add(ready, 0, 1) === 1) Atomics.notify(ready, 0)
else Atomics.wait(ready, 0, 1, 10_000)

const start = performance.now()
const results = new Set<string>()
for (let i = 0; i < times; i++) results.add(JSON.stringify(plain(run(...given))))
const { timeOrigin } = performance
const report = { results: [...results], start: timeOrigin + start, end: timeOrigin + performance.now() }
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have none
parentPort!.postMessage(report)
