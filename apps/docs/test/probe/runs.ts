import type * as tf from '@tensorflow/tfjs-core'
import { NonFiniteStateError, runLoop } from '@variate/compile'
import { key } from '@variate/core'
import { add, div, drawNormal, mul, sub } from '@variate/core/ops'

/** What runs give: with a worker and without, in Node and in the browser it must be the same. */
export interface Runs {
  readonly state: readonly number[]
  readonly outputs: readonly number[]
  /** What was collected, as progress told of it. */
  readonly told: readonly number[]
  readonly termination: string
  /** How a run ends that is aborted when its third step is done or a later one. */
  readonly aborted: string
  /** What is thrown for a state that is not finite. */
  readonly thrown: readonly [message: string, step: number]
}

const walk = (x: tf.Tensor, step: { readonly key: tf.Tensor }) => {
  const next = add(mul(0.9, x), drawNormal(step.key, [3]))
  return { state: next, outputs: next }
}
const start = Float64Array.of(1, 2, 3)

/** A worker of a file of the page's own. */
const ownWorker = (): Worker => new Worker(new URL('./loopWorker.ts', import.meta.url), { type: 'module' })

export async function runs(kind: 'here' | 'worker' | 'worker of a file'): Promise<Runs> {
  const worker = kind === 'worker of a file' ? ownWorker : kind === 'worker'
  const options = { precision: 'float64', reproducible: true, worker } as const
  const told: number[] = []
  const { state, outputs, termination } = await runLoop(walk, {
    ...options,
    state: start,
    count: 1000,
    random: key(6),
    collect: { every: 10 },
    onProgress: (progress) => void told.push(...progress.outputs.data),
  })
  const stop = new AbortController()
  const aborted = await runLoop((x: tf.Tensor) => add(x, 1), {
    ...options,
    state: 0,
    count: 2e9,
    signal: stop.signal,
    onProgress: ({ step }) => step >= 3 && stop.abort(),
  })
  const thrown = await runLoop((x: tf.Tensor, { index }: { index: tf.Tensor }) => div(x, sub(index, 20)), {
    ...options,
    state: 1,
    count: 100,
    finite: true,
  }).catch((error: unknown) => error)
  if (!(thrown instanceof NonFiniteStateError)) throw thrown
  return {
    state: [...state.data],
    outputs: [...outputs.data],
    told,
    termination: termination.kind,
    aborted: aborted.termination.kind,
    thrown: [thrown.message, thrown.step],
  }
}

/** How late timers of a page are in the median, in milliseconds, while steps are gone for half a second. */
export async function lateness(worker: boolean): Promise<number> {
  const stop = new AbortController()
  const late: number[] = []
  let due = performance.now() + 5
  const timer = setInterval(() => {
    late.push(performance.now() - due)
    due = performance.now() + 5
  }, 5)
  setTimeout(() => stop.abort(), 500)
  await runLoop(walk, {
    state: start,
    count: 2e9,
    random: key(6),
    collect: { every: 1e9 },
    precision: 'float64',
    signal: stop.signal,
    worker,
  })
  clearInterval(timer)
  return late.toSorted((a, b) => a - b)[Math.floor(late.length / 2)]!
}
