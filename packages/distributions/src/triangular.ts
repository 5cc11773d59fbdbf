import {
  add,
  div,
  drawUniform,
  equal,
  less,
  lessEqual,
  log,
  minimum,
  mul,
  sqrt,
  square,
  sub,
  where,
  type Real,
} from '@variate/core/ops'
import { logRatio } from '@variate/core/internal'
import { checkBelow } from './checkBelow.ts'
import { clamp } from './clamp.ts'
import { interval } from './constraints/interval.ts'
import { real } from './constraints/real.ts'
import type { Resolved } from './define.ts'
import { define } from './define.ts'
import type { Capabilities, Distribution, Numbers, Parameter, Reparameterized } from './distribution.ts'

export interface Triangular
  extends
    Distribution,
    Reparameterized,
    Pick<Capabilities, 'cdf' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
  readonly name: 'triangular'
  /** The lower end. */
  readonly low: Parameter
  /** The upper end. */
  readonly high: Parameter
  /** The mode. */
  readonly peak: Parameter
}

/**
 * The triangular distribution, with density 2/(high − low) · (x − low)/(peak − low) up to the peak and 2/(high −
 * low) · (high − x)/(high − peak) beyond it, for low ≤ x ≤ high.
 *
 * @param low the lower end, below `high`.
 * @param high the upper end.
 * @param peak the mode, from `low` to `high`.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995), ch. 26.9.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { triangular } from '@variate/distributions'
 *
 * triangular(0, 2, 0.5).logProb([0.25, 1]).arraySync() // => [-0.693147, -0.405465]
 * triangular(0, 2, 0.5).cdf(1).arraySync() // => 0.666667
 * ```
 */
export function triangular(low: Numbers, high: Numbers, peak: Numbers): Triangular {
  return define(
    'triangular',
    { low: [low, real], high: [high, real], peak: [peak, real] },
    {
      support: () => interval(low, high),
      check: ({ low, high, peak }) => {
        checkBelow('triangular', { low, high })
        checkBelow('triangular', { low, peak }, true)
        checkBelow('triangular', { peak, high }, true)
      },
      reparameterized: true,
      draw: (p, key, shape) => clamp(quantile(p, drawUniform(key, shape)), p.low, p.high),
      logProb: (p, x) => {
        const isPeak = equal(x, p.peak)
        const isLeft = less(x, p.peak)
        const run = where(isLeft, sub(x, p.low), sub(p.high, x))
        const side = where(isLeft, sub(p.peak, p.low), sub(p.high, p.peak))
        return add(logRatio(2, sub(p.high, p.low)), logRatio(where(isPeak, 1, run), where(isPeak, 1, side)))
      },
      cdf: (p, x) => {
        const inside = clamp(x, p.low, p.high)
        const width = sub(p.high, p.low)
        const left = sub(p.peak, p.low)
        const right = sub(p.high, p.peak)
        const isLeft = less(inside, p.peak)
        const run = sub(where(isLeft, inside, p.peak), p.low)
        const rest = where(isLeft, 0, sub(inside, p.peak))
        const below = mul(div(run, width), div(run, where(equal(left, 0), 1, left)))
        return add(below, mul(div(rest, width), sub(2, div(rest, where(equal(right, 0), 1, right)))))
      },
      icdf: (p, probability) => quantile(p, probability),
      mean: ({ low, high, peak }) => div(add(add(low, high), peak), 3),
      variance: ({ low, high, peak }) =>
        div(sub(square(sub(high, low)), mul(sub(peak, low), sub(high, peak))), 18),
      entropy: ({ low, high }) => add(log(sub(high, low)), 0.5 - Math.LN2),
    },
  ) as Triangular
}

function quantile({ low, high, peak }: Resolved<'low' | 'high' | 'peak'>, p: Real): Real {
  const left = sub(peak, low)
  const right = sub(high, peak)
  const fromLow = add(low, distance(minimum(p, 0.5), left, right))
  return where(lessEqual(p, 0.5), fromLow, sub(high, distance(minimum(sub(1, p), 0.5), right, left)))
}

/** How far from an end the probability is p ≤ ½, with the peak at a distance `near` from it and `far` from the other. */
function distance(p: Real, near: Real, far: Real): Real {
  const width = add(near, far)
  const isBefore = less(p, div(near, width))
  const before = mul(width, sqrt(where(isBefore, mul(p, div(near, width)), 1)))
  const excess = where(isBefore, 0, sub(mul(p, width), near))
  const beyond = div(excess, add(1, sqrt(sub(1, div(excess, where(isBefore, 1, far))))))
  return where(isBefore, before, add(near, beyond))
}
