import type * as tf from '@tensorflow/tfjs-core'
import type { NdArray } from '@variate/core'
import { expectTypeOf } from 'vitest'
import { compile, runLoop, type AsyncCompiled, type Compiled, type Engine } from '../../src/index.ts'

const f = (x: tf.Tensor, n: number) => ({ twice: x, n })
type Args = [x: tf.Tensor, n: number]
interface Result {
  readonly twice: tf.Tensor
  readonly n: number
}

// Without an engine, and with those that answer at once, calls give results; with others promises of them.
expectTypeOf(compile(f)).toExtend<Compiled<Args, Result, 'float32'>>()
expectTypeOf(compile(f, { engine: 'wasm' })(new Float32Array(1), 2).twice).toEqualTypeOf<tf.Tensor>()
expectTypeOf(compile(f, { engine: 'onnx' })).toExtend<AsyncCompiled<Args, Result, 'float32'>>()
for (const engine of ['onnx', 'auto'] as const) {
  const call = compile(f, { engine })(new Float32Array(1), 2)
  expectTypeOf(call).toEqualTypeOf<Promise<{ readonly twice: tf.Tensor; readonly n: number }>>()
  const exact = compile(f, { engine, precision: 'float64' })(new Float32Array(1), 2)
  expectTypeOf<Awaited<typeof exact>['twice']>().toEqualTypeOf<
    NdArray<Float64Array | Int32Array | Uint8Array>
  >()
}

// A promise is no result.
// @ts-expect-error Property 'twice' does not exist on type 'Promise<
void compile(f, { engine: 'onnx' })(new Float32Array(1), 2).twice

// Programs of other engines are no bytes of ours.
// @ts-expect-error Property 'toBytes' does not exist on type 'AsyncCompiled<
void compile(f, { engine: 'auto' }).toBytes

// An engine that is not known when types are checked is neither.
declare const engine: Engine
// @ts-expect-error No overload matches this call
void compile(f, { engine })
void runLoop((x) => x, { state: 0, count: 1, engine })

// @ts-expect-error Type '"cuda"' is not assignable
void compile(f, { engine: 'cuda' })
