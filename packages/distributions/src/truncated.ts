import type { Tensor } from '@tensorflow/tfjs-core'
import { NumericalError } from '@variate/core'
import {
  add,
  broadcastTo,
  cast,
  div,
  drawUniform,
  floor,
  greater,
  isTracing,
  log,
  mul,
  neg,
  sub,
  where,
} from '@variate/core/ops'
import { bounded, type Bounds } from './bounded.ts'
import { clamp } from './clamp.ts'
import { combine, type Able, type Inherit } from './combine.ts'
import { within } from './constraints/within.ts'
import type { Capabilities, Distribution, Parameter } from './distribution.ts'
import { place } from './parameter.ts'
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
  } & Inherit<Base, 'reparameterized'>

/**
 * The distribution of X given low ≤ X ≤ high, with density p(x) / P(low ≤ X ≤ high) there; both ends are included.
 *
 * Densities are exact in both tails of a base that has `survival`; so are draws and quantiles of one whose upper tail
 * has an inverse in closed form. `truncatedNormal` is exact beyond the least probability that float32 holds, too.
 *
 * @param base a distribution of numbers, continuous or discrete, with `cdf` and `icdf`.
 * @throws DomainError if no end is given or they are not in order; UnsupportedError for a `base` whose events are not
 * numbers; ShapeError for ends that do not broadcast against its batch. Methods throw a NumericalError where float32
 * holds no probability between the ends.
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
  const { isDiscrete } = base.support
  const { low, high, parameters, batchShape, ends } = bounded('truncated', base, bounds, isDiscrete)
  const support = within(base.support, low, high)
  let isChecked = false
  /** The first and the last value, and the probability of what is below the first. */
  const range = (): { first: Tensor; last: Tensor; below: Tensor; mass: Tensor } => {
    const { low, high } = ends()
    const [first, last] = isDiscrete ? [neg(floor(neg(low))), floor(high)] : [low, high]
    const before = isDiscrete ? sub(first, 1) : first
    const below = base.cdf(before)
    const mass = upTo(last, before, below)
    if (!isChecked && !isTracing()) checkMass(mass, low, high)
    isChecked ||= !isTracing()
    return { first, last, below, mass }
  }
  /** P(before < X ≤ x), from the tail that keeps its digits. */
  const upTo = (x: Tensor, before: Tensor, below: Tensor): Tensor => {
    const difference = sub(base.cdf(x), below)
    const { survival } = base as Able
    if (!survival) return difference
    return where(greater(below, 0.5), sub(survival(before), survival(x)), difference)
  }
  const quantile = (p: Tensor): Tensor => {
    const { first, last, below, mass } = range()
    const { survival, isf } = base as Able
    const rise = mul(mass, p)
    if (!survival || !isf) return clamp(base.icdf(add(below, rise)), first, last) as Tensor
    const isUpper = greater(below, 0.5)
    const fromLow = base.icdf(where(isUpper, 0.5, add(below, rise)) as Tensor)
    const fromHigh = isf(where(isUpper, sub(survival(first), rise), 0.5) as Tensor)
    return clamp(where(isUpper, fromHigh, fromLow), first, last) as Tensor
  }
  const result = combine('truncated', {
    batchShape,
    eventShape: [],
    support,
    parameters,
    reparameterized: (base as Able).reparameterized,
    sample: (key, sampleShape) => {
      const draws = quantile(drawUniform(key, [...sampleShape, ...batchShape]))
      return isDiscrete ? cast(draws, 'int32') : draws
    },
    logProb: (x) => withinSupport(support, [], x, (inside) => sub(base.logProb(inside), log(range().mass))),
    cdf: (x) => {
      const { first, last, below, mass } = range()
      const before = isDiscrete ? sub(first, 1) : first
      return div(upTo(clamp(x, before, last) as Tensor, before, below), mass)
    },
    icdf: quantile,
  })
  return Object.freeze({ ...result, ...parameters, base }) as never
}

/** @throws NumericalError naming the first ends that nothing is between. */
function checkMass(mass: Tensor, low: Tensor, high: Tensor): void {
  const at = mass.dataSync().findIndex((p) => p <= 0)
  if (at < 0) return
  const [a, b] = [low, high].map((end) => broadcastTo(end, mass.shape).dataSync()[at])
  throw new NumericalError(
    `truncated: low ${a} and high ${b} have no probability between them in float32${place(at, mass.shape)}`,
  )
}
