import { Tensor, tensor, type DataType } from '@tensorflow/tfjs-core'
import { DomainError, NdArray, type NumericArray } from '@variate/core'
import { constant } from '@variate/core/ops'
import type { InputSpec } from '../trace/trace.ts'
import type { Precision } from '../wasm/lanes.ts'
import { isTypedArray, type Arrays } from './structure.ts'

/** The shape and the type of what stands for a tensor. */
export function specOf(x: Arrays): InputSpec {
  if (x instanceof Tensor) return { shape: x.shape, dtype: x.dtype as InputSpec['dtype'] }
  const [data, shape] = isTypedArray(x) ? [x, [x.length]] : [x.data, x.shape]
  const large = data instanceof Uint32Array && data.find((item) => item > 2 ** 31 - 1)
  if (large)
    throw new DomainError(`compile: whole numbers must be at most 2³¹ − 1, got ${large}: pass a Float64Array`)
  return { shape, dtype: data instanceof Float32Array || data instanceof Float64Array ? 'float32' : 'int32' }
}

export function dataOf(x: Arrays): NumericArray {
  if (x instanceof Tensor) return x.dataSync()
  return isTypedArray(x) ? x : x.data
}

export function toTensor(x: Arrays): Tensor {
  if (x instanceof Tensor) return x
  const { shape, dtype } = specOf(x)
  return constant({ data: dataOf(x), shape } as never, dtype)
}

/** What a program has computed, as it is handed out: plain data in float64, which no tensor holds, else a tensor. */
export function handedOut(data: Computed, spec: InputSpec, precision: Precision): Tensor | NdArray {
  if (precision === 'float64') return plain(data, spec)
  return tensor(typed(data, spec) as Float32Array, [...spec.shape], spec.dtype as DataType)
}

/** What a program has computed, as plain data. */
export function plain(data: Computed, spec: InputSpec): NdArray {
  return new NdArray(typed(data, spec), spec.shape)
}

type Computed = Float32Array | Float64Array | Int32Array

function typed(data: Computed, { dtype }: InputSpec): Computed | Uint8Array {
  return dtype === 'bool' ? Uint8Array.from(data) : data
}
