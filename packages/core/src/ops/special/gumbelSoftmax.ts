import type { Tensor } from '@tensorflow/tfjs-core'
import { lgamma } from '../../special/lgamma.ts'
import { add, div, mul, sub } from '../arithmetic.ts'
import { broadcastShapes, offsetsIn } from '../broadcast.ts'
import { greater } from '../comparison.ts'
import { constant } from '../constant.ts'
import { cumsum } from '../cumulative.ts'
import { exp, log } from '../exponential.ts'
import { newValues, runKernel, type Kernel } from '../kernel.ts'
import type { Real } from '../real.ts'
import { max } from '../reductions.ts'
import { expandDims } from '../shapes.ts'
import { stopGradient } from '../stopGradient.ts'
import { sum, sumTo } from '../sum.ts'
import { where } from '../where.ts'

const kernel: Kernel = {
  compute: (inputs) => {
    const shapes = inputs.map(({ shape }) => shape)
    const shape = broadcastShapes(shapes, 'logGumbelSoftmax')
    const width = shape.at(-1)!
    const out = newValues(shape.slice(0, -1), 'float32')
    const [x, logits, t] = inputs.map(({ data }) => data)
    const [ofX, ofLogits, ofT] = shapes.map((own) => offsetsIn(own, shape, out.data.length * width))
    const xs = new Float64Array(width)
    const weights = new Float64Array(width)
    for (let row = 0; row < out.data.length; row++) {
      const start = row * width
      for (let i = 0; i < width; i++) {
        xs[i] = x![ofX![start + i]!]!
        weights[i] = logits![ofLogits![start + i]!]!
      }
      out.data[row] = logDensity(xs, weights, t![ofT![start]!]!)
    }
    return out
  },
  gradient: (index, dy, inputs) => {
    const [x, logits, t] = inputs as readonly [Tensor, Tensor, Tensor]
    const n = broadcastShapes([x.shape, logits.shape], 'logGumbelSoftmax').at(-1)!
    const logX = log(x)
    const a = sub(logits, mul(t, logX)) as Tensor
    const top = stopGradient(max(a, -1, true))
    const own = exp(sub(a, top)) as Tensor
    const others = add(
      cumsum(own, -1, { exclusive: true }),
      cumsum(own, -1, { exclusive: true, reverse: true }),
    )
    const share = div(own, add(own, others))
    const excess = sub(1, mul(n, share))
    const slopes: readonly (() => Real)[] = [
      () => {
        // (n·t·share − t − 1)/x cancels where the share is near 1; then 1 − share is taken, over x.
        const isLargest = greater(own, others)
        const shift = where(isLargest, sub(add(top, mul(sub(t, 1), logX)), logits), 0)
        const rest = mul(others, exp(shift))
        const ofRest = div(mul(mul(n, t), rest), add(1, mul(rest, x)))
        const ofLargest = sub(div(sub(mul(n - 1, t), 1), x), ofRest)
        const ofSmall = div(sub(mul(mul(n, t), share), add(t, 1)), x)
        return where(isLargest, ofLargest, ofSmall)
      },
      () => excess,
      () => {
        // The excesses sum to 0, so that logarithms count from their mean.
        const centre = stopGradient(sum(mul(share, logX) as Tensor, -1, true))
        return sub(div((n - 1) / n, t), mul(sub(logX, centre), excess))
      },
    ]
    return sumTo(mul(expandDims(dy, -1), slopes[index]!()) as Tensor, inputs[index]!.shape)
  },
}

/**
 * log Γ(n) + (n − 1)·log t + Σ log(softmax(logits − t·log x) / x) over the last axis, of length n: the log density at x of
 * softmax((logits + G) / t) for standard Gumbel variables G, with respect to n − 1 entries. Rounded once.
 *
 * @param t of shape [..., 1], or a number.
 */
export function logGumbelSoftmax(x: Tensor, logits: Tensor, t: Real): Tensor {
  return runKernel('variate.logGumbelSoftmax', kernel, [x, logits, constant(t)])
}

function logDensity(x: Float64Array, logits: Float64Array, t: number): number {
  const n = x.length
  const zeros = x.reduce((count, entry) => count + +(entry === 0), 0)
  if (zeros > 0) return ((n - zeros) * t - zeros) * -Infinity
  let top = -Infinity
  for (let i = 0; i < n; i++) top = Math.max(top, logits[i]! - t * Math.log(x[i]!))
  let weight = 0
  let total = 0
  for (let i = 0; i < n; i++) {
    const logX = Math.log(x[i]!)
    const shifted = logits[i]! - t * logX - top
    weight += Math.exp(shifted)
    total += shifted - logX
  }
  return lgamma(n) + (n - 1) * Math.log(t) + total - n * Math.log(weight)
}
