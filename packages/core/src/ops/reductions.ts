import type { Tensor } from '@tensorflow/tfjs-core'
import { div, mul } from './arithmetic.ts'
import { cast } from './cast.ts'
import { equal } from './comparison.ts'
import { runKernel, type Kernel } from './kernel.ts'
import { reshape } from './shapes.ts'
import { keptShape, resolveAxes, sum } from './sum.ts'

/** The mean over `axes`, or over all; each counts from the end if negative. */
export function mean(x: Tensor, axes?: readonly number[] | number, keepDims = false): Tensor {
  const count = resolveAxes(x, axes, 'mean').reduce((size, axis) => size * x.shape[axis]!, 1)
  return div(sum(x, axes, keepDims), count)
}

const maxKernel: Kernel = {
  tfjs: ['Max'],
  gradient: (_, dy, [x], attributes) => {
    const axis = attributes['reductionIndices'] as readonly number[]
    const isLargest = cast(equal(x!, max(x!, axis, true)), 'float32')
    return mul(reshape(dy, keptShape(x!.shape, axis)), div(isLargest, sum(isLargest, axis, true)))
  },
}

/** The largest over `axes`, or over all. Equal ones share the gradient. */
export function max(x: Tensor, axes?: readonly number[] | number, keepDims = false): Tensor {
  const axis = resolveAxes(x, axes, 'max')
  const out =
    axis.length === 0
      ? x
      : runKernel('variate.max', maxKernel, [x], { reductionIndices: axis, keepDims: false })
  return keepDims ? reshape(out, keptShape(x.shape, axis)) : out
}
