import type * as tf from '@tensorflow/tfjs-core'
import { add } from '@variate/core/ops'
import { runLoop } from '../../../src/index.ts'

// A process that ends by itself when it has nothing to do any more, whatever became of its run.

const stop = new AbortController()
/** What progress is answered with. */
export type Way = 'done' | 'throws' | 'aborts' | 'hangs'

const ways: Readonly<Record<Way, () => unknown>> = {
  done: () => {},
  throws: () => {
    throw new Error('mine')
  },
  aborts: () => stop.abort(),
  hangs: () => new Promise(() => {}),
}
const way = process.argv[2] as Way
const say = (text: string): boolean => process.stdout.write(`${text}\n`)
say('begun')
runLoop((x: tf.Tensor) => add(x, 1), {
  state: 0,
  count: way === 'done' ? 1000 : 2e9,
  precision: 'float64',
  worker: true,
  signal: stop.signal,
  onProgress: ways[way],
}).then(
  ({ termination }) => say(termination.kind),
  (error: Error) => say(error.message),
)
