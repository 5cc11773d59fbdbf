import type { Tensor } from '@tensorflow/tfjs-core'
import { mul, sub } from './arithmetic.ts'
import { offsetsIn } from './broadcast.ts'
import { equal } from './comparison.ts'
import { exp } from './exponential.ts'
import { newValues, runKernel, type Kernel } from './kernel.ts'
import { max } from './reductions.ts'
import { keptShape, resolveAxes } from './sum.ts'
import { reshape } from './shapes.ts'
import { stopGradient } from './stopGradient.ts'
import { where } from './where.ts'

const kernel: Kernel = {
  compute: ([x], attributes) => {
    const { data, shape } = x!
    const axis = attributes['axis'] as readonly number[]
    const kept = keptShape(shape, axis)
    const out = newValues(
      shape.filter((_, i) => !axis.includes(i)),
      'float32',
    )
    const cells = offsetsIn(kept, shape, data.length)
    const largest = new Float64Array(out.data.length).fill(-Infinity)
    for (let i = 0; i < data.length; i++) {
      const cell = cells[i]!
      if (data[i]! > largest[cell]! || Number.isNaN(data[i]!)) largest[cell] = data[i]!
    }
    const sums = new Float64Array(out.data.length)
    for (let i = 0; i < data.length; i++) {
      const cell = cells[i]!
      if (Number.isFinite(largest[cell]!)) sums[cell]! += Math.exp(data[i]! - largest[cell]!)
    }
    for (let cell = 0; cell < sums.length; cell++) {
      const top = largest[cell]!
      out.data[cell] = Number.isFinite(top) ? top + Math.log(sums[cell]!) : top
    }
    return out
  },
  gradient: (_, dy, [x], attributes) => {
    const axis = attributes['axis'] as readonly number[]
    return mul(reshape(dy, keptShape(x!.shape, axis)), softmax(x!, axis))
  },
}

/**
 * log Σ exp(x) over `axes`, or over all, without overflow; −∞ for nothing but −∞ and for an empty axis, +∞ where one
 * is +∞. Its gradient is `softmax`, 0 where all are −∞.
 */
export function logSumExp(x: Tensor, axes?: readonly number[] | number, keepDims = false): Tensor {
  const axis = resolveAxes(x, axes, 'logSumExp')
  const out = runKernel('variate.logSumExp', kernel, [x], { axis })
  return keepDims ? reshape(out, keptShape(x.shape, axis)) : out
}

/** exp(x) / Σ exp(x) over `axes`, the last if not given; 0 where all are −∞. */
export function softmax(x: Tensor, axes: readonly number[] | number = -1): Tensor {
  return exp(logSoftmax(x, axes))
}

/** log softmax(x) over `axes`, the last if not given; −∞ where all are. The largest is taken out before it is rounded. */
export function logSoftmax(x: Tensor, axes: readonly number[] | number = -1): Tensor {
  const shifted = sub(x, above(stopGradient(max(x, resolveAxes(x, axes, 'softmax'), true))))
  return sub(shifted, above(logSumExp(shifted, axes, true)))
}

/** 0 for −∞, the largest of nothing: NaN stays, and +∞ gives it. */
function above(x: Tensor): Tensor {
  return where(equal(x, -Infinity), 0, x)
}
