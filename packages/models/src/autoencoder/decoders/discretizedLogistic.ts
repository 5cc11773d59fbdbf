import type { Tensor } from '@tensorflow/tfjs-core'
import {
  add,
  and,
  cast,
  clip,
  constant,
  div,
  equal,
  expandDims,
  floor,
  greaterEqual,
  lessEqual,
  log1mexp,
  logSigmoid,
  mul,
  sigmoid,
  sub,
  sum,
  tidy,
  where,
} from '@variate/core/ops'
import { constraints, logistic, type Capabilities, type Distribution } from '@variate/distributions'

/** The logistic distribution, of levels. */
export interface DiscretizedLogistic extends Distribution, Pick<Capabilities, 'mean'> {
  readonly name: 'discretizedLogistic'
  /** How many levels there are. */
  readonly levels: number
}

/**
 * The level 0, 1, …, K − 1 that is nearest to a logistic variable, where level k is at −1 + 2k/(K − 1); what is beyond the ends
 * belongs to the first and the last. The probability of level k is σ((b − loc)/scale) − σ((a − loc)/scale), where a and b lie halfway
 * to its neighbours, and are −∞ and ∞ at the ends.
 *
 * @param scale of the shape of `loc`.
 * @param levels K, at least 2.
 * @see Salimans et al., PixelCNN++ (ICLR 2017), §2.1.
 */
export function discretizedLogistic(loc: Tensor, scale: Tensor, levels: number): DiscretizedLogistic {
  const last = levels - 1
  const continuous = logistic(loc, scale)
  /** In scales from `loc`: the edge below level k, which may be a tensor. */
  const below = (k: Tensor): Tensor => div(sub(sub(mul(k, 2 / last), 1 + 1 / last), loc), scale)
  return {
    name: 'discretizedLogistic',
    levels,
    batchShape: continuous.batchShape,
    eventShape: [],
    support: constraints.integerInterval(0, last),
    parameters: { loc, scale },
    sample: (key, shape) =>
      tidy(() => {
        const x = continuous.sample(key, shape)
        return cast(clip(floor(add(mul(add(x, 1), last / 2), 0.5)), 0, last) as Tensor, 'int32')
      }),
    // log(σ(b) − σ(a)) = log σ(b) + log σ(−a) + log(1 − exp(a − b)), which does not cancel in either tail.
    logProb: (value) =>
      tidy(() => {
        const x = cast(constant(value), 'float32')
        const [isFirst, isLast] = [lessEqual(x, 0), greaterEqual(x, last)]
        const upper = where(isLast, 0, logSigmoid(below(add(x, 1))))
        const lower = where(isFirst, 0, logSigmoid(mul(-1, below(x))))
        const between = where(isFirst, 0, where(isLast, 0, log1mexp(div(-2 / last, scale))))
        const isLevel = and(equal(x, floor(x)), and(greaterEqual(x, 0), lessEqual(x, last)))
        return where(isLevel, add(add(upper, lower), between), where(equal(x, x), -Infinity, x)) as Tensor
      }),
    // Σ k·P(X = k) = Σ P(X ≥ k), k from 1 on.
    mean: () =>
      tidy(() => {
        const edges = constant(Array.from({ length: last }, (_, k) => (2 * (k + 1)) / last - (1 + 1 / last)))
        return sum(sigmoid(div(sub(expandDims(loc, -1), edges), expandDims(scale, -1))), -1)
      }),
  }
}
