import {
  abs,
  add,
  constant,
  div,
  drawTruncatedNormal,
  isFinite,
  less,
  log,
  maximum,
  minimum,
  mul,
  square,
  stopGradient,
  sub,
  where,
  type Real,
} from '@variate/core/ops'
import {
  truncatedNormalCdf,
  truncatedNormalIsNarrow,
  truncatedNormalIsWide,
  truncatedNormalLogKernel,
  truncatedNormalLogMass,
  truncatedNormalMean,
  truncatedNormalOrigin,
  truncatedNormalQuantile,
  truncatedNormalVariance,
} from '@variate/core/internal'
import { checkBelow } from './checkBelow.ts'
import { clamp } from './clamp.ts'
import { extendedReal } from './constraints/extendedReal.ts'
import { interval } from './constraints/interval.ts'
import { positive } from './constraints/positive.ts'
import { real } from './constraints/real.ts'
import { define, type Resolved } from './define.ts'
import type { Capabilities, Distribution, Numbers, Parameter, Reparameterized } from './distribution.ts'

const HALF_LOG_TWO_PI = 0.9189385332046727
/** Where the normal distribution has no mass beyond, and squares are float32 numbers. */
const FAR = 1e18

export interface TruncatedNormal
  extends
    Distribution,
    Reparameterized,
    Pick<Capabilities, 'cdf' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
  readonly name: 'truncatedNormal'
  /** The mean before the truncation. */
  readonly loc: Parameter
  /** The standard deviation before the truncation. */
  readonly scale: Parameter
  /** The lower end. */
  readonly low: Parameter
  /** The upper end. */
  readonly high: Parameter
}

/**
 * The normal distribution between two ends, with density φ(z) / (scale·(Φ(b) − Φ(a))), z = (x − loc)/scale, a and b the
 * same of low and high, for low ≤ x ≤ high. Exact however far in a tail, or near to each other, the ends are.
 *
 * @param loc the mean before the truncation, any real number.
 * @param scale the standard deviation before the truncation, > 0.
 * @param low the lower end, below `high`; it may be −Infinity.
 * @param high the upper end; it may be Infinity.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 13.10.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { truncatedNormal } from '@variate/distributions'
 *
 * truncatedNormal(0, 1, -1, 2).logProb([0, 3]).arraySync() // => [-0.718772, -Infinity]
 * truncatedNormal(0, 1, 30, Infinity).mean().arraySync() // => 30.03326
 * ```
 */
export function truncatedNormal(loc: Numbers, scale: Numbers, low: Numbers, high: Numbers): TruncatedNormal {
  // The most likely point: its log density is finite, whatever the scale.
  const inside = (): Real => stopGradient(clamp(constant(loc), constant(low), constant(high)))
  return define(
    'truncatedNormal',
    { loc: [loc, real], scale: [scale, positive], low: [low, extendedReal], high: [high, extendedReal] },
    {
      support: () => Object.freeze({ ...interval(low, high), inside }),
      check: (parameters) => checkBelow('truncatedNormal', { low: parameters.low, high: parameters.high }),
      reparameterized: true,
      draw: (p, key, shape) => {
        const { a, w, unit, origin } = frame(p)
        return clamp(add(origin, mul(unit, drawTruncatedNormal(key, shape, a, w))), p.low, p.high)
      },
      logProb: (p, x) => {
        const { a, w, unit, origin, logUnit } = frame(p)
        return sub(truncatedNormalLogKernel(div(sub(x, origin), unit), a, w), logUnit)
      },
      cdf: (p, x) => {
        const { a, w, unit, origin, isFlipped } = frame(p)
        const excess = div(sub(clamp(x, p.low, p.high), origin), unit)
        return truncatedNormalCdf(excess, a, w, isFlipped)
      },
      icdf: (p, probability) => {
        const { a, w, unit, origin, isFlipped } = frame(p)
        const excess = truncatedNormalQuantile(probability, a, w, isFlipped)
        return clamp(add(origin, mul(unit, excess)), p.low, p.high)
      },
      mean: (p) => {
        const { a, w, unit, origin } = frame(p)
        return clamp(add(origin, mul(unit, truncatedNormalMean(a, w))), p.low, p.high)
      },
      variance: (p) => {
        const { a, w } = frame(p)
        return mul(square(p.scale), truncatedNormalVariance(a, w))
      },
      entropy: (p) => {
        const { a, w, logUnit } = frame(p)
        const mean = truncatedNormalMean(a, w)
        const half = mul(0.5, add(truncatedNormalVariance(a, w), square(mean)))
        const ofExponent = add(mul(truncatedNormalOrigin(a, w), mean), half)
        return add(add(truncatedNormalLogMass(a, w), ofExponent), add(logUnit, HALF_LOG_TWO_PI))
      },
    },
  ) as TruncatedNormal
}

/**
 * The interval as [a, a + w] in standard units, a the end nearest to the mean: mirrored where that is the upper one.
 * x = origin + unit·excess, with the excess that the ops of the truncated normal distribution count in.
 */
function frame({ loc, scale, low, high }: Resolved<'loc' | 'scale' | 'low' | 'high'>) {
  const isFlipped = less(abs(sub(high, loc)), abs(sub(low, loc)))
  const near = where(isFlipped, high, low)
  const unit = where(isFlipped, mul(-1, scale), scale)
  const isBounded = isFinite(near)
  const distance = div(sub(where(isBounded, near, loc), loc), unit)
  const a = where(isBounded, maximum(distance, -FAR), -FAR)
  const hasWidth = isFinite(sub(high, low))
  const [lower, upper] = [where(hasWidth, low, 0), where(hasWidth, high, 1)]
  const width = sub(upper, lower)
  const w = where(hasWidth, minimum(div(width, scale), 2 * FAR), 2 * FAR)
  const isNarrow = truncatedNormalIsNarrow(a, w)
  const middle = add(mul(0.5, lower), mul(0.5, upper))
  const origin = where(isNarrow, middle, where(truncatedNormalIsWide(a, w), loc, near))
  return { a, w, unit, origin, isFlipped, logUnit: log(where(isNarrow, width, scale)) }
}
