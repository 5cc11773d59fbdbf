import type { Tensor } from '@tensorflow/tfjs-core'
import { fromBytes } from '@variate/compile'
import { ndarray, type NdArray } from '@variate/core'
import type { Given } from './compiled.ts'

interface Question {
  readonly bytes: Uint8Array
  readonly given: Given
}

export interface Answer {
  readonly state: readonly number[]
  readonly path: readonly number[]
  /** What the worker's own file is served with. */
  readonly policy: string | null
}

type Loop = (
  start: Float32Array,
  data: NdArray,
  words: Int32Array,
) => { readonly state: Tensor; readonly outputs: Tensor }

addEventListener('message', async ({ data }: MessageEvent<Question>) => {
  const { bytes, given } = data
  const run = fromBytes<Loop>(bytes, { plain: true })
  const { state, outputs } = run(given.start, ndarray(given.data, given.shape), given.words)
  const { headers } = await fetch(location.href)
  const policy = headers.get('Content-Security-Policy')
  postMessage({ state: [...state.data], path: [...outputs.data], policy } satisfies Answer)
})
