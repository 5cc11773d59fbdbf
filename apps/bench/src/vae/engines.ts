import type { TrainOptions } from './train.ts'

/** A way in which our step runs, and what is asked of it. */
export interface Engine {
  readonly name: string
  readonly options: TrainOptions
  /** The most that a step may take: seconds, or times a peer's. */
  readonly most: { readonly seconds?: number; readonly torch?: number; readonly jax?: number }
  /** The most that a first step may take, from no program to its end, in seconds. */
  readonly first: number
}

export const ENGINES: readonly Engine[] = [
  { name: 'wasm, one thread', options: { engine: 'wasm', threads: 1 }, most: { seconds: 0.022 }, first: 0.3 },
  {
    name: 'wasm, two threads',
    options: { engine: 'wasm', threads: 2 },
    most: { seconds: 0.014 },
    first: 0.3,
  },
  { name: 'onnx', options: { engine: 'onnx' }, most: { torch: 1, jax: 1.1 }, first: 0.5 },
]
