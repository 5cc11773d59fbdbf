import type { Tensor } from '@tensorflow/tfjs-core'
import { ShapeError } from '../../errors.ts'
import { mul } from '../arithmetic.ts'
import { broadcastShapes, offsetsIn } from '../broadcast.ts'
import { newValues, runKernel, type Kernel } from '../kernel.ts'
import { stack } from '../concat.ts'
import { slice } from '../slice.ts'
import { sum, sumTo } from '../sum.ts'

interface Direction {
  readonly reverse: boolean
}

const kernel: Kernel = {
  compute: ([coefficients, x], attributes) => {
    const { reverse } = attributes as unknown as Direction
    const [order, length] = [coefficients!.shape.at(-1)!, x!.shape.at(-1)!]
    const leads = [coefficients!, x!].map(({ shape }) => shape.slice(0, -1))
    const batch = broadcastShapes(leads, 'linearRecurrence')
    const count = batch.reduce((product, size) => product * size, 1)
    const [filters, series] = leads.map((lead) => offsetsIn(lead, batch, count)) as [Int32Array, Int32Array]
    const out = newValues([...batch, length], 'float32')
    const y = new Float64Array(length)
    for (let at = 0; at < count; at++) {
      const [filter, start] = [filters[at]! * order, series[at]! * length]
      for (let t = 0; t < length; t++) {
        let sum = x!.data[start + (reverse ? length - 1 - t : t)]!
        for (let lag = 1; lag <= order && lag <= t; lag++) {
          sum += coefficients!.data[filter + lag - 1]! * y[t - lag]!
        }
        y[t] = sum
      }
      out.data.set(reverse ? y.toReversed() : y, at * length)
    }
    return out
  },
  gradient: (index, dy, [coefficients, x], attributes) => {
    const { reverse } = attributes as unknown as Direction
    const dx = linearRecurrence(coefficients!, dy, !reverse)
    if (index === 1) return sumTo(dx, x!.shape)
    const y = linearRecurrence(coefficients!, x!, reverse)
    const [early, late] = reverse ? [dx, y] : [y, dx]
    const length = x!.shape.at(-1)!
    const slopes = Array.from({ length: coefficients!.shape.at(-1)! }, (_, i) => {
      const kept = Math.max(0, length - 1 - i)
      return sum(mul(part(early, 0, kept), part(late, length - kept, kept)), -1)
    })
    return sumTo(stack(slopes, -1), coefficients!.shape)
  },
}

/** `length` elements of the last axis from `start`. */
function part(x: Tensor, start: number, length: number): Tensor {
  const begin = x.shape.map((_, axis) => (axis === x.rank - 1 ? start : 0))
  return slice(x, begin, [...x.shape.slice(0, -1), length])
}

/**
 * y with yₜ = xₜ + c₁·yₜ₋₁ + … + cₚ·yₜ₋ₚ along the last axis, y before the start being 0; with `reverse` from the end.
 * Computed in float64.
 *
 * @param coefficients c of shape [..., p].
 * @param x of shape [..., n]; leading axes broadcast.
 * @throws ShapeError for numbers without axes, and if leading axes do not broadcast.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { constant, linearRecurrence } from '@variate/core/ops'
 *
 * linearRecurrence(constant([0.5]), constant([1, 0, 4])).arraySync() // => [1, 0.5, 4.25]
 * ```
 */
export function linearRecurrence(coefficients: Tensor, x: Tensor, reverse = false): Tensor {
  if (coefficients.rank === 0 || x.rank === 0) {
    throw new ShapeError(
      `linearRecurrence: coefficients and x must have at least 1 axis, got shapes [${coefficients.shape}] and [${x.shape}]`,
    )
  }
  return runKernel('variate.linearRecurrence', kernel, [coefficients, x], { reverse })
}
