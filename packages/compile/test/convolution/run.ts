import * as tf from '@tensorflow/tfjs-core'
import { expect } from 'vitest'
import type { NdArray } from '@variate/core'
import { compile, type Precision } from '../../src/index.ts'
import type { Passes } from '../../src/graph/passes.ts'

/** What a program gives on the wasm engine, where it calls no JavaScript. */
export function run(
  f: (...xs: tf.Tensor[]) => readonly tf.Tensor[],
  inputs: readonly NdArray[],
  precision: Precision,
  passes: Partial<Passes> = { unrolling: false },
): readonly (readonly number[])[] {
  const program = compile(f, { engine: 'wasm', precision, passes })
  const results = program(...inputs) as readonly (tf.Tensor | NdArray)[]
  const data = results.map((x) => Array.from(x instanceof tf.Tensor ? x.dataSync() : x.data))
  tf.dispose(results.filter((x) => x instanceof tf.Tensor))
  expect(program.explain().called).toEqual([])
  return data
}
