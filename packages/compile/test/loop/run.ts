import * as tf from '@tensorflow/tfjs-core'
import type { NdArray } from '@variate/core'
import { compile, type CompileOptions, type Precision } from '../../src/index.ts'

/** The ways in which loops are run, which must give the same. */
export const WAYS: readonly (readonly [string, CompileOptions<Precision>])[] = [
  ['wasm, float32', { engine: 'wasm' }],
  ['wasm, float64', { engine: 'wasm', precision: 'float64' }],
  ['eager', { engine: 'eager' }],
]

type Numbers = readonly number[]

/** What a function of arrays computes, as plain numbers, one array of them for each result. */
export function computed(
  f: (...xs: tf.Tensor[]) => readonly tf.Tensor[],
  args: readonly NdArray[],
  options: CompileOptions<Precision>,
): readonly { readonly shape: Numbers; readonly data: Numbers }[] {
  const results = compile(f, options)(...args) as readonly (tf.Tensor | NdArray)[]
  return results.map((x) => {
    if (!(x instanceof tf.Tensor)) return { shape: x.shape, data: [...x.data] }
    const told = { shape: x.shape, data: [...x.dataSync()] }
    x.dispose()
    return told
  })
}
