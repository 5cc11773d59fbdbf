import type { Tensor } from '@tensorflow/tfjs-core'
import {
  cast,
  greater,
  greaterEqual,
  less,
  lessEqual,
  log,
  or,
  sub,
  where,
  type Real,
} from '@variate/core/ops'
import { bounded, checkUnivariate, type Bounds } from './bounded.ts'
import { clamp } from './clamp.ts'
import { combine, type Able, type Inherit } from './combine.ts'
import type { Capabilities, Distribution, Parameter } from './distribution.ts'
import { expand } from './expand.ts'
import { NEGLIGIBLE, SMALLEST } from './float32.ts'
import { logTailsOf } from './logTails.ts'
import { refuseLost } from './refuseLost.ts'

/** A distribution whose values beyond an end are only known to be there. */
export type Censored<Base extends Distribution & Pick<Capabilities, 'cdf'>> = Distribution &
  Pick<Capabilities, 'cdf'> & {
    readonly name: 'censored'
    readonly base: Base
    readonly low: Parameter
    readonly high: Parameter
  } & Inherit<Base, 'survival' | 'icdf' | 'reparameterized'>

/**
 * The distribution of what is recorded of X by an instrument that shows `low` for what is below and `high` for what is
 * above: draws are clipped. A value at or beyond an end has the log probability of the tail there, others have their log
 * density. Ends may differ within the batch, as censoring times of patients do; ∞ where a value is not censored.
 *
 * @param base a distribution of numbers, continuous or discrete, with `cdf`.
 * @param bounds the ends, `low` and `high`: one of them at least; they may be infinite.
 * @throws DomainError if no end is given, they are not in order, or one of counts is no whole number; UnsupportedError for a `base` whose events are not
 * numbers; ShapeError for ends that do not broadcast against its batch. `logProb` throws a NumericalError for a tail that
 * float32 has lost; those of the normal, exponential and extreme value kinds are exact wherever they are.
 * @see Murphy, Probabilistic Machine Learning: Advanced Topics (2023), §15.3.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { censored, exponential } from '@variate/distributions'
 *
 * censored(exponential(0.5), { high: 3 }).logProb([1, 3]).arraySync() // => [-1.193147, -1.5]
 * ```
 */
export function censored<Base extends Distribution & Pick<Capabilities, 'cdf'>>(
  base: Base,
  bounds: Bounds,
): Censored<Base> {
  checkUnivariate('censored', base, ['cdf'])
  const { isDiscrete } = base.support
  const { parameters, batchShape, ends } = bounded('censored', base, bounds, false, isDiscrete)
  const from = expand(base as Able, batchShape)
  const { survival, icdf, reparameterized } = base as Able
  const upperTail = (x: Tensor): Real => (survival ? survival(x) : sub(1, base.cdf(x)))
  /** Where it is not asked for, a tail must have finite derivatives: its log is not taken there. */
  const logOf = (which: 'low' | 'high', isAsked: Tensor, p: Real, x: Tensor): Real => {
    const tail = where(isAsked, p, 1)
    const isHigh = which === 'high'
    refuseLost(tail, isHigh && !survival ? NEGLIGIBLE : SMALLEST, (read) => {
      const end = read(x)
      const step = isDiscrete ? +isHigh : (isHigh ? 1e-6 : -1e-6) * (Math.abs(end) + SMALLEST)
      // Nothing is lost beyond the ends of the support.
      const beyond = base.support.violation([end + step], [])
      return beyond ? undefined : `censored: the probability of ${base.name} beyond ${which} ${end}`
    })
    const isPossible = greater(tail, 0)
    return where(isPossible, log(where(isPossible, tail, 1)), -Infinity)
  }
  const result = combine('censored', {
    batchShape,
    eventShape: [],
    support: base.support,
    parameters,
    reparameterized,
    sample: (key, sampleShape) => {
      const { low, high } = ends()
      const draws = from.sample(key, sampleShape)
      const clipped = clamp(draws, low, high) as Tensor
      return isDiscrete ? cast(clipped, 'int32') : clipped
    },
    logProb: (x) => {
      const { low, high } = ends()
      const [isLow, isHigh] = [lessEqual(x, low), greaterEqual(x, high)]
      const inside = where(or(isLow, isHigh), base.support.inside([]), x) as Tensor
      // P(X ≥ high) of whole numbers is P(X > high − 1).
      const last = isDiscrete ? sub(high, 1) : high
      const [atLow, atHigh] = [where(isLow, low, inside), where(isHigh, last, inside)] as [Tensor, Tensor]
      const logs = logTailsOf(base)
      const below = logs.lower?.(atLow) ?? logOf('low', isLow, base.cdf(atLow), atLow)
      const above = logs.upper?.(atHigh) ?? logOf('high', isHigh, upperTail(atHigh), atHigh)
      return where(isLow, below, where(isHigh, above, base.logProb(inside)))
    },
    cdf: (x) => {
      const { low, high } = ends()
      return where(less(x, low), 0, where(greaterEqual(x, high), 1, base.cdf(x)))
    },
    survival:
      survival &&
      ((x) => {
        const { low, high } = ends()
        return where(less(x, low), 1, where(greaterEqual(x, high), 0, survival(x)))
      }),
    icdf:
      icdf &&
      ((p) => {
        const { low, high } = ends()
        return clamp(icdf(p), low, high)
      }),
  })
  return Object.freeze({ ...result, ...parameters, base }) as never
}
