import type { Tensor } from '@tensorflow/tfjs-core'
import { NdArray, sizeOf, type Nested, type NumericArray } from '../ndarray.ts'
import { toArray } from '../toArray.ts'
import { newValues, runKernel, type Kernel, type TensorType } from './kernel.ts'
import { isTensor, type Real } from './real.ts'

const kernel: Kernel = {
  compute: (_, attributes) => {
    const { values, shape, dtype } = attributes as unknown as Filling
    const out = newValues(shape, dtype)
    if (typeof values === 'number') out.data.fill(values)
    else out.data.set(values)
    return out
  },
  gradient: (_, dy) => dy,
}

interface Filling {
  readonly values: number | NumericArray
  readonly shape: readonly number[]
  readonly dtype: TensorType
}

/**
 * Numbers as a tensor, float32 if `dtype` is not given. Compiled in float64 the numbers keep all their digits.
 *
 * @throws ShapeError for ragged rows.
 */
export function constant(x: Nested | NdArray | Real, dtype: TensorType = 'float32'): Tensor {
  if (isTensor(x)) return x
  if (typeof x === 'number') return fill([], x, dtype)
  const array = x instanceof NdArray ? x : fromNested(x)
  return runKernel('variate.constant', kernel, [], { values: array.data, shape: [...array.shape], dtype })
}

/** A tensor of `shape` with the same number everywhere. */
export function fill(shape: readonly number[], value: number, dtype: TensorType = 'float32'): Tensor {
  return runKernel('variate.constant', kernel, [], { values: value, shape: [...shape], dtype })
}

function fromNested(x: Nested): NdArray {
  const shape: number[] = []
  for (let item = x; typeof item === 'object'; item = item[0]!) {
    shape.push(item.length)
    if (item.length === 0) break
  }
  return new NdArray(sizeOf(shape) === 0 ? new Float64Array(0) : toArray(x, shape, 'constant'), shape)
}
