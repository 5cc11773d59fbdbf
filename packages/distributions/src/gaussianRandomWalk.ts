import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError } from '@variate/core'
import { add, constant, cumsum, div, drawNormal, log, mul, square, sub } from '@variate/core/ops'
import { positive } from './constraints/positive.ts'
import { realVector } from './constraints/realVector.ts'
import { define } from './define.ts'
import type { Capabilities, Distribution, Numbers, Parameter, Reparameterized } from './distribution.ts'
import { lagged } from './lagged.ts'
import { squaredLength, withAxes } from './vectors.ts'
import { withCovariance, type HasCovariance } from './withCovariance.ts'

const HALF_LOG_TWO_PI = 0.9189385332046727

export interface GaussianRandomWalk
  extends Distribution, Reparameterized, HasCovariance, Pick<Capabilities, 'mean' | 'variance' | 'entropy'> {
  readonly name: 'gaussianRandomWalk'
  /** The standard deviation of a step. */
  readonly scale: Parameter
  /** How many steps a walk has. */
  readonly steps: number
}

/**
 * A random walk x [steps] that starts from 0, which is not part of it, with density ∏ φ((xₜ − xₜ₋₁)/scale)/scale, φ
 * the standard normal density and x₀ = 0.
 *
 * @param scale the standard deviation of a step, > 0.
 * @param steps how many steps, a whole number ≥ 1.
 * @throws DomainError for parameters outside their domain.
 * @see Harvey, Forecasting, Structural Time Series Models and the Kalman Filter (1989), §2.3.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { gaussianRandomWalk } from '@variate/distributions'
 *
 * gaussianRandomWalk(1, 3).logProb([1, 1, 3]).arraySync() // => -5.25682
 * gaussianRandomWalk(2, 3).variance().arraySync() // => [4, 8, 12]
 * ```
 */
export function gaussianRandomWalk(scale: Numbers, steps: number): GaussianRandomWalk {
  const who = 'gaussianRandomWalk'
  checkSteps(who, steps)
  const counts = Array.from({ length: steps }, (_, t) => t + 1)
  const base = define(
    who,
    { scale: [scale, positive] },
    {
      steps,
      support: realVector,
      eventShape: [steps],
      reparameterized: true,
      draw: ({ scale }, key, shape) => cumsum(mul(withAxes(scale, 1), drawNormal(key, shape)) as Tensor),
      logProb: ({ scale }, x) => {
        const z = div(sub(x, lagged(x, 1)), withAxes(scale, 1)) as Tensor
        return sub(mul(-0.5, squaredLength(z)), mul(steps, add(log(scale), HALF_LOG_TWO_PI)))
      },
      mean: () => 0,
      variance: ({ scale }) => mul(square(withAxes(scale, 1)), constant(counts)),
      entropy: ({ scale }) => mul(steps, add(log(scale), HALF_LOG_TWO_PI + 0.5)),
    },
  )
  return withCovariance(base, ({ scale }) => {
    const common = constant(counts.map((s) => counts.map((t) => Math.min(s, t))))
    return mul(square(withAxes(scale, 2)), common)
  }) as unknown as GaussianRandomWalk
}

/** @throws DomainError unless it is a whole number ≥ 1. */
export function checkSteps(who: string, steps: number): void {
  if (!Number.isInteger(steps) || steps < 1) {
    throw new DomainError(`${who}: steps must be a whole number ≥ 1, got ${steps}`)
  }
}
