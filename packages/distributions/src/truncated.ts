import type { Tensor } from '@tensorflow/tfjs-core'
import {
  add,
  cast,
  div,
  drawUniform,
  floor,
  greater,
  isFinite,
  less,
  mul,
  neg,
  or,
  sub,
  where,
  type Real,
} from '@variate/core/ops'
import { isTracing } from '@variate/core/internal'
import { bounded, checkUnivariate, type Bounds } from './bounded.ts'
import { clamp } from './clamp.ts'
import { combine, type Able, type Inherit } from './combine.ts'
import { within } from './constraints/within.ts'
import type { Capabilities, Distribution, Parameter } from './distribution.ts'
import { NEGLIGIBLE, SMALLEST } from './float32.ts'
import { refuseLost } from './refuseLost.ts'
import { tailMass } from './tailMass.ts'
import { withinSupport } from './withinSupport.ts'

/** A distribution of numbers that its quantile function can draw. */
export type Invertible = Distribution & Pick<Capabilities, 'cdf' | 'icdf'>

/** A distribution given that the value is between two ends. */
export type Truncated<Base extends Invertible = Invertible> = Distribution &
  Pick<Capabilities, 'cdf' | 'icdf'> & {
    readonly name: 'truncated'
    readonly base: Base
    readonly low: Parameter
    readonly high: Parameter
  } & Inherit<Base, 'survival' | 'reparameterized'>

/**
 * The distribution of X given low ≤ X ≤ high, with density p(x) / P(low ≤ X ≤ high) there; both ends are included.
 *
 * Densities are exact in both tails of a base that has `survival`, and, where it is of the normal, exponential or
 * extreme value kind, beyond the least probability that float32 holds. Draws and quantiles need that probability, and in
 * the upper tail a base with an inverse survival function in closed form; `truncatedNormal` draws everywhere.
 *
 * @param base a distribution of numbers, continuous or discrete, with `cdf` and `icdf`.
 * @param bounds the ends, `low` and `high`: one of them at least; they may be infinite.
 * @throws DomainError if no end is given or they are not in order; UnsupportedError for a `base` whose events are not
 * numbers; ShapeError for ends that do not broadcast against its batch. Methods throw a NumericalError where float32
 * keeps less than three digits of what they need.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { exponential, truncated } from '@variate/distributions'
 *
 * const waiting = truncated(exponential(1), { low: 0.5, high: 2 })
 * waiting.logProb([1, 3]).arraySync() // => [-0.24752, -Infinity]
 * waiting.cdf(1).arraySync() // => 0.50648
 * ```
 */
export function truncated<Base extends Invertible>(base: Base, bounds: Bounds): Truncated<Base> {
  checkUnivariate('truncated', base, ['cdf', 'icdf'])
  const { isDiscrete } = base.support
  const { low, high, parameters, batchShape, ends } = bounded('truncated', base, bounds, isDiscrete)
  const support = within(base.support, low, high)
  const { survival, isf, reparameterized } = base as Able
  const { below, above, between, logBetween } = tailMass(base)
  const checked = new Set<string>()
  /** @throws NumericalError naming the first ends where a share has no digits: when first asked for. */
  const check = (what: string, share: Real): void => {
    if (isTracing() || checked.has(what)) return
    refuseLost(share, NEGLIGIBLE, (read) => {
      const { low, high } = ends()
      return `truncated: the ${what} of ${base.name} between low ${read(low)} and high ${read(high)}`
    })
    checked.add(what)
  }
  /** The first and the last value, and what is between, by the upper tail where that keeps its digits. */
  const range = (hasUpper: boolean) => {
    const { low, high } = ends()
    const [first, last] = isDiscrete ? [neg(floor(neg(low))), floor(high)] : [low, high]
    const before = isDiscrete ? sub(first, 1) : first
    const isUpper = hasUpper ? greater(below(before), 0.5) : 0
    const mass = between(before, last, isUpper)
    // Of what the difference is taken, which is where digits are lost.
    const share = div(mass, where(isUpper, above(before), below(last)))
    return { first, last, before, isUpper, mass, share }
  }
  /** The same, where its probability is asked for. */
  const given = (what: string, hasUpper: boolean) => {
    const frame = range(hasUpper)
    check(what, where(less(frame.mass, SMALLEST), 0, frame.share))
    return frame
  }
  const quantile = (p: Tensor): Tensor => {
    const { first, last, before, isUpper, mass } = given('quantile function', !!(survival && isf))
    const rise = mul(mass, p)
    const fromLow = base.icdf(where(isUpper, 0.5, add(below(before), rise)) as Tensor)
    const fromHigh = isf?.(where(isUpper, sub(above(before), rise), 0.5) as Tensor) ?? 0
    return clamp(where(isUpper, fromHigh, fromLow), first, last) as Tensor
  }
  const result = combine('truncated', {
    batchShape,
    eventShape: [],
    support,
    parameters,
    reparameterized,
    sample: (key, sampleShape) => {
      const draws = quantile(drawUniform(key, [...sampleShape, ...batchShape]))
      return isDiscrete ? cast(draws, 'int32') : draws
    },
    logProb: (x) =>
      withinSupport(support, [], x, (inside) => {
        const { before, last, isUpper, mass, share } = range(!!survival)
        const logMass = logBetween(before, last, isUpper, mass)
        check('probability', where(less(mass, SMALLEST), isFinite(logMass), share))
        return sub(base.logProb(inside), logMass)
      }),
    cdf: (x) => {
      const { last, before, isUpper, mass } = given('cumulative probability', !!survival)
      return div(between(before, clamp(x, before, last) as Tensor, isUpper), mass)
    },
    survival:
      survival &&
      ((x) => {
        const { last, before, isUpper, mass } = given('survival function', true)
        const at = clamp(x, before, last) as Tensor
        // By the tail that the mass was taken of, so that both add up to 1, but far out, where that has no digits left.
        return div(between(at, last, or(isUpper, less(above(at), 0.25))), mass)
      }),
    icdf: quantile,
  })
  return Object.freeze({ ...result, ...parameters, base }) as never
}
