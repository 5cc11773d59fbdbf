import type { Tensor } from '@tensorflow/tfjs-core'
import { add, concat, drawCategorical, exp, fill, log1mexp, logSigmoid, pick, sub } from '@variate/core/ops'
import { categoryCount, column, entropyOf } from './categories.ts'
import { integerInterval } from './constraints/integerInterval.ts'
import { ordered } from './constraints/ordered.ts'
import { real } from './constraints/real.ts'
import { define, type Resolved } from './define.ts'
import type { Capabilities, Distribution, Numbers, Parameter } from './distribution.ts'
import { enumerated, wholeNumbers } from './enumerated.ts'
import { part } from './part.ts'
import { byProbabilities } from './tabulated.ts'

export interface OrderedLogistic
  extends Distribution, Pick<Capabilities, 'cdf' | 'survival' | 'icdf' | 'entropy' | 'enumerateSupport'> {
  readonly name: 'orderedLogistic'
  /** Where the latent variable is centred. */
  readonly predictor: Parameter
  /** Where one category ends and the next begins. */
  readonly cutpoints: Parameter
}

type P = Resolved<'predictor' | 'cutpoints'>

/**
 * The ordered logistic distribution on 0, 1, …, K − 1: of the interval between `cutpoints` that a logistic variable
 * around `predictor` falls in, with probability σ(cutpoints[x] − predictor) − σ(cutpoints[x − 1] − predictor) of x,
 * where cutpoints[−1] = −∞ and cutpoints[K − 1] = ∞.
 *
 * @param predictor any real number.
 * @param cutpoints increasing numbers along the last axis, of shape [...batch, K − 1].
 * @throws DomainError for parameters outside their domain; ShapeError for cutpoints without an axis, and shapes that do
 * not broadcast.
 * @see McCullagh, "Regression models for ordinal data" (1980).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { orderedLogistic } from '@variate/distributions'
 *
 * orderedLogistic(0.5, [-1, 0.25, 2]).logProb([0, 2, 4]).arraySync() // => [-1.701413, -0.96824, -Infinity]
 * orderedLogistic(0.5, [-1, 0.25, 2]).cdf([0, 2]).arraySync() // => [0.1824255, 0.8175745]
 * ```
 */
export function orderedLogistic(predictor: Numbers, cutpoints: Numbers): OrderedLogistic {
  const count = categoryCount(cutpoints, 'orderedLogistic') + 1
  return define(
    'orderedLogistic',
    { predictor: [predictor, real], cutpoints: [cutpoints, ordered] },
    {
      support: integerInterval(0, count - 1),
      draw: (p, key, shape) => drawCategorical(key, shape, exp(logProbabilities(p)) as Tensor),
      logProb: (p, x) => pick(logProbabilities(p), x),
      ...byProbabilities((p: P) => exp(logProbabilities(p)) as Tensor),
      entropy: (p) => entropyOf(logProbabilities(p)),
      enumerateSupport: (p) =>
        enumerated(wholeNumbers(0, count - 1), { ...p, predictor: column(p.predictor) }, 1),
    },
  ) as OrderedLogistic
}

/**
 * Of all categories, of shape [..., K]: log(σ(b) − σ(a)) = log σ(b) + log σ(−a) + log(1 − exp(a − b)), which does not
 * cancel in either tail.
 */
function logProbabilities({ predictor, cutpoints }: P): Tensor {
  const cuts = cutpoints as Tensor
  const centre = column(predictor)
  const below = logSigmoid(sub(cuts, centre)) as Tensor
  const above = logSigmoid(sub(centre, cuts)) as Tensor
  const tails = add(concat([below, zeros(below)], -1), concat([zeros(above), above], -1)) as Tensor
  if (cuts.shape.at(-1)! < 2) return tails
  const gaps = log1mexp(sub(part(cuts, 0, -1), part(cuts, 1))) as Tensor
  return add(tails, concat([zeros(gaps), gaps, zeros(gaps)], -1)) as Tensor
}

/** What stands for an end at infinity. */
function zeros(x: Tensor): Tensor {
  return fill([...x.shape.slice(0, -1), 1], 0)
}
