import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError } from '../errors.ts'
import type { ArrayOfAnyRank } from '../toArray.ts'
import { newValues, runKernel, type Kernel, type TensorType } from './kernel.ts'
import { plainArray } from './plainArray.ts'
import { isTensor } from './real.ts'

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
  readonly values: number | ArrayLike<number>
  readonly shape: readonly number[]
  readonly dtype: TensorType
}

/**
 * Numbers as a tensor, float32 if `dtype` is not given. Compiled in float64 the numbers keep all their digits.
 *
 * @param who names them in errors.
 * @throws ShapeError for ragged rows; DomainError for what is no number, and for disposed tensors.
 */
export function constant(
  x: ArrayOfAnyRank | Tensor | Float32Array | Float64Array | Int32Array,
  dtype: TensorType = 'float32',
  who = 'constant',
): Tensor {
  if (isTensor(x)) {
    if (x.isDisposed) throw new DomainError(`${who} is a disposed tensor: keep it while in use`)
    return x
  }
  if (typeof x === 'number') return fill([], x, dtype)
  const { data, shape } = plainArray(x as never, who)
  return runKernel('variate.constant', kernel, [], { values: data, shape: [...shape], dtype })
}

/** A tensor of `shape` with the same number everywhere. */
export function fill(shape: readonly number[], value: number, dtype: TensorType = 'float32'): Tensor {
  return runKernel('variate.constant', kernel, [], { values: value, shape: [...shape], dtype })
}
