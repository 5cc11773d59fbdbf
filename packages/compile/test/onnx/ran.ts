import type * as tf from '@tensorflow/tfjs-core'
import type { TensorType } from '@variate/core/ops'
import * as ort from 'onnxruntime-node'
import { takeApart } from '../../src/compiled/structure.ts'
import { programFor } from '../../src/engine/programFor.ts'
import { settled, type Settled } from '../../src/loop/settled.ts'
import { modelOf, type OnnxModel } from '../../src/onnx/modelOf.ts'
import { trace } from '../../src/trace/trace.ts'
import type { Precision } from '../../src/wasm/lanes.ts'

/** Plain data of a tensor. */
export interface Plain {
  readonly data: ArrayLike<number>
  readonly shape: readonly number[]
  readonly dtype: string
}

type Of = (...xs: tf.Tensor[]) => unknown

const specsOf = (inputs: readonly Plain[]) =>
  inputs.map(({ shape, dtype }) => ({ shape, dtype: dtype as TensorType }))

const recorded =
  (f: Of) =>
  (xs: readonly tf.Tensor[]): readonly tf.Tensor[] =>
    takeApart(f(...xs), 'result').leaves as tf.Tensor[]

/** A function of tensors as a program. */
export function programOf(f: Of, inputs: readonly Plain[], precision: Precision): Settled {
  return settled(trace(specsOf(inputs), recorded(f), { precision }))
}

function tensorOf({ data, shape, dtype }: Plain, precision: Precision): ort.Tensor {
  if (dtype === 'bool') return new ort.Tensor('bool', Uint8Array.from(data), shape)
  if (dtype === 'int32') return new ort.Tensor('int32', Int32Array.from(data), shape)
  return precision === 'float64'
    ? new ort.Tensor('float64', Float64Array.from(data), shape)
    : new ort.Tensor('float32', Float32Array.from(data), shape)
}

/** What ONNX Runtime gives for a model. */
export async function ranModel(
  { bytes, inputs, outputs }: OnnxModel,
  given: readonly Plain[],
  precision: Precision,
): Promise<readonly Plain[]> {
  const session = await ort.InferenceSession.create(bytes, { logSeverityLevel: 3 })
  try {
    const feeds = Object.fromEntries(inputs.map((name, i) => [name, tensorOf(given[i]!, precision)]))
    const results = await session.run(feeds)
    return outputs.map((name) => {
      const { data, dims, type } = results[name]!
      return { data: data as Float32Array, shape: dims, dtype: type === 'float64' ? 'float32' : type }
    })
  } finally {
    await session.release()
  }
}

/** What ONNX Runtime gives for a function of tensors. */
export async function ran(f: Of, given: readonly Plain[], precision: Precision): Promise<readonly Plain[]> {
  return ranModel(modelOf(programOf(f, given, precision)), given, precision)
}

/**
 * Where two results differ by more than is allowed, relative to what is expected; undefined if they do not.
 *
 * @param least what is nearer to 0 may be as far off: the size of terms that cancel.
 */
export function apart(got: Plain, expected: Plain, tolerance: number, least = 1e-30): string | undefined {
  if (String(got.shape) !== String(expected.shape)) return `shape [${got.shape}], not [${expected.shape}]`
  if (got.dtype !== expected.dtype) return `${got.dtype}, not ${expected.dtype}`
  for (const [i, x] of Array.from(expected.data).entries()) {
    const y = got.data[i]!
    const isSame = Object.is(x, y) || x === y || Math.abs(x - y) <= tolerance * Math.max(Math.abs(x), least)
    if (!isSame) return `at ${i}: ${y}, not ${x}`
  }
  return undefined
}

export function plainOf(x: tf.Tensor): Plain {
  return { data: x.dataSync(), shape: x.shape, dtype: x.dtype }
}

/** What compiled code gives for it. */
export function expectedOf(f: Of, given: readonly Plain[], precision: Precision): readonly Plain[] {
  const program = programFor(trace(specsOf(given), recorded(f), { precision }), 'wasm')
  const results = program.run(given.map(({ data }) => data))
  const { outputs } = programOf(f, given, precision)
  return outputs.map(({ shape, dtype }, i) => ({ data: results[i]!, shape, dtype }))
}
