import { Tensor } from '@tensorflow/tfjs-core'
import { DomainError } from '@variate/core'
import { constant } from '@variate/core/ops'
import type { InputSpec } from '../trace/trace.ts'
import { isTypedArray, type Arrays } from './structure.ts'

/** @throws DomainError for whole numbers that no int32 holds. */
export function specOf(x: Arrays): InputSpec {
  if (x instanceof Tensor) return { shape: x.shape, dtype: x.dtype as InputSpec['dtype'] }
  const [data, shape] = isTypedArray(x) ? [x, [x.length]] : [x.data, x.shape]
  const large = data instanceof Uint32Array && data.find((item) => item > 2 ** 31 - 1)
  if (large)
    throw new DomainError(`compile: whole numbers must be at most 2³¹ − 1, got ${large}: pass a Float64Array`)
  return { shape, dtype: data instanceof Float32Array || data instanceof Float64Array ? 'float32' : 'int32' }
}

export function dataOf(x: Arrays): ArrayLike<number> {
  if (x instanceof Tensor) return x.dataSync()
  return isTypedArray(x) ? x : x.data
}

export function toTensor(x: Arrays): Tensor {
  if (x instanceof Tensor) return x
  const { shape, dtype } = specOf(x)
  return constant({ data: dataOf(x), shape } as never, dtype)
}
