import type { Tensor } from '@tensorflow/tfjs-core'
import { NdArray, random } from '@variate/core'
import {
  add,
  concat,
  div,
  drawCategorical,
  drawNormal,
  exp,
  gather,
  logSoftmax,
  logSumExp,
  mul,
  ndtr,
  neg,
  reshape,
  slice,
  softmax,
  splitKey,
  square,
  stopGradient,
  sub,
  sum,
} from '@variate/core/ops'
import type { ParamTree } from './variational.ts'
import type { VectorFamily } from './vector.ts'

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI)

/**
 * Σₖ wₖ·N(locₖ, diag(scaleₖ²)).
 *
 * Draws are values of a component; their derivatives are implicit. The conditional distribution functions
 * F(zᵢ | z₁ … zᵢ₋₁) = uᵢ make independent uniform numbers of z, so that z moves with the parameters as it must for u to stay:
 * ∂zᵢ = −∂F / q(zᵢ | z₁ … zᵢ₋₁), number by number, through the weights as well.
 *
 * @param spread the standard deviation of where components begin about the start.
 * @see Graves, Stochastic Backpropagation through Mixture Density Distributions (2016); Figurnov, Mohamed and Mnih, Implicit
 *   Reparameterization Gradients (NeurIPS 2018).
 */
export function mixtureVector(components: number, scale: number, spread: number): VectorFamily {
  return {
    name: 'mixtureOfNormals',
    init: (loc, key) => {
      const size = loc.shape[0]!
      const draws = random.normal(key, [components * size], { dtype: 'float64' }).data
      return {
        logits: new NdArray(new Float64Array(components), [components]),
        locs: new NdArray(
          draws.map((x, at) => loc.data[at % size]! + spread * x),
          [components, size],
        ),
        logScales: new NdArray(new Float64Array(components * size).fill(Math.log(scale)), [components, size]),
      }
    },
    draw: (params, key, size) => {
      const { logits, locs, logScales } = partsOf(params)
      const [keyOfChoice, keyOfNoise] = splitKey(key)
      const choice = drawCategorical(keyOfChoice!, [1], stopGradient(softmax(logits)))
      const noise = mul(exp(gather(logScales, choice)), drawNormal(keyOfNoise!, [1, size]))
      const still = stopGradient(add(gather(locs, choice), noise))
      return { vector: movedWith(params, reshape(still, [size]), size) }
    },
    logProb: (params, { vector }) => {
      const { logits, locs, logScales } = partsOf(params)
      const logs = logDensity(vector, locs, logScales)
      return logSumExp(add(logSoftmax(logits), sum(logs, -1)))
    },
  }
}

function partsOf(params: ParamTree) {
  const [logits, locs, logScales] = ['logits', 'locs', 'logScales'].map((name) => params[name])
  return { logits: logits as Tensor, locs: locs as Tensor, logScales: logScales as Tensor }
}

function logDensity(x: Tensor, locs: Tensor, logScales: Tensor): Tensor {
  const standardized = mul(sub(x, locs), exp(neg(logScales)))
  return sub(mul(-0.5, square(standardized)), add(logScales, HALF_LOG_TWO_PI))
}

/** A value without derivatives, with those that it has as a draw. */
function movedWith(params: ParamTree, still: Tensor, size: number): Tensor {
  const { logits, locs, logScales } = partsOf(params)
  const components = logits.shape[0]!
  const column = (of: Tensor, i: number): Tensor => reshape(slice(of, [0, i], [components, 1]), [components])
  const moved: Tensor[] = []
  let logWeights = logSoftmax(logits)
  for (let i = 0; i < size; i++) {
    const [loc, logScale] = [column(locs, i), column(logScales, i)]
    const at = slice(still, [i], [1])
    const weights = softmax(logWeights)
    const below = sum(mul(weights, ndtr(mul(sub(at, loc), exp(neg(logScale))))))
    const density = stopGradient(sum(mul(weights, exp(logDensity(at, loc, logScale)))))
    const x = sub(at, div(sub(below, stopGradient(below)), density))
    moved.push(x)
    logWeights = add(logWeights, logDensity(x, loc, logScale))
  }
  return moved.length === 1 ? moved[0]! : concat(moved)
}
