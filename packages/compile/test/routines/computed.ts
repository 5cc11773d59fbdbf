import * as tf from '@tensorflow/tfjs-core'
import type { NdArray } from '@variate/core'
import { compile, type Precision } from '../../src/index.ts'

/** What a program gives on the wasm engine, and which operations it calls JavaScript for. */
export function computed(
  f: (...xs: tf.Tensor[]) => tf.Tensor,
  inputs: readonly NdArray[],
  precision: Precision,
): { readonly data: readonly number[]; readonly called: readonly string[] } {
  const program = compile(f, { engine: 'wasm', precision })
  const result = program(...inputs)
  const data = Array.from(result instanceof tf.Tensor ? result.dataSync() : result.data)
  if (result instanceof tf.Tensor) result.dispose()
  return { data, called: program.explain().called }
}

export const PRECISIONS: readonly Precision[] = ['float32', 'float64']

/** Half the distance of 1 and the next number. */
export const epsilonOf = (precision: Precision): number => (precision === 'float32' ? 2 ** -24 : 2 ** -53)
