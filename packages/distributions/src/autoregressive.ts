import type { Tensor } from '@tensorflow/tfjs-core'
import {
  add,
  cumsum,
  div,
  drawNormal,
  expandDims,
  eye,
  linearRecurrence,
  log,
  matMul,
  mul,
  square,
  sub,
  type Real,
} from '@variate/core/ops'
import { firstUnit } from './constraints/firstUnit.ts'
import { positive } from './constraints/positive.ts'
import { realVector } from './constraints/realVector.ts'
import { define } from './define.ts'
import type {
  Capabilities,
  Distribution,
  Numbers,
  Parameter,
  Reparameterized,
  Vectors,
} from './distribution.ts'
import { checkSteps } from './gaussianRandomWalk.ts'
import { lagged } from './lagged.ts'
import { part } from './part.ts'
import { sized } from './sized.ts'
import { squaredLength, withAxes } from './vectors.ts'
import { withCovariance, type HasCovariance } from './withCovariance.ts'

const HALF_LOG_TWO_PI = 0.9189385332046727

export interface Autoregressive
  extends Distribution, Reparameterized, HasCovariance, Pick<Capabilities, 'mean' | 'variance' | 'entropy'> {
  readonly name: 'autoregressive'
  /** c, [..., order]: that of the step before first. */
  readonly coefficients: Parameter
  /** The standard deviation of the innovations. */
  readonly scale: Parameter
  /** How many steps a series has. */
  readonly steps: number
}

/**
 * An autoregressive series x [steps] that starts from zeros, which are not part of it:
 * xₜ = c₁·xₜ₋₁ + … + cₚ·xₜ₋ₚ + scale·eₜ, e standard normal, with density ∏ φ(eₜ)/scale.
 *
 * @param coefficients c, of shape [..., p], any real numbers: the series need not be stationary.
 * @param scale the standard deviation of the innovations, > 0.
 * @param steps how many steps, a whole number ≥ 1.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Hamilton, Time Series Analysis (1994), ch. 3 and 5.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { autoregressive } from '@variate/distributions'
 *
 * const d = autoregressive([0.5], 1, 3)
 * d.logProb([1, 1, 0]).arraySync() // => -3.506816
 * d.variance().arraySync() // => [1, 1.25, 1.3125]
 * ```
 */
export function autoregressive(coefficients: Vectors, scale: Numbers, steps: number): Autoregressive {
  const who = 'autoregressive'
  checkSteps(who, steps)
  const filter = sized(coefficients, 1, `${who}: coefficients`)
  const order = filter.event[0]!
  /** How x at step t (columns) responds to an innovation of 1 at step s (rows). */
  const responses = (c: Real): Tensor => linearRecurrence(expandDims(c as Tensor, -2), eye(steps))
  const base = define(
    who,
    { coefficients: [filter.value as Numbers, realVector], scale: [scale, positive] },
    {
      steps,
      support: realVector,
      eventShape: [steps],
      reparameterized: true,
      draw: ({ coefficients, scale }, key, shape) => {
        const innovations = mul(withAxes(scale, 1), drawNormal(key, shape)) as Tensor
        return linearRecurrence(coefficients as Tensor, innovations)
      },
      logProb: ({ coefficients, scale }, x) => {
        let innovations: Real = x
        for (let lag = 1; lag <= order; lag++) {
          const slope = part(coefficients as Tensor, lag - 1, lag)
          innovations = sub(innovations, mul(slope, lagged(x, lag)))
        }
        const z = div(innovations, withAxes(scale, 1)) as Tensor
        return sub(mul(-0.5, squaredLength(z)), mul(steps, add(log(scale), HALF_LOG_TWO_PI)))
      },
      mean: () => 0,
      variance: ({ coefficients, scale }) => {
        const response = linearRecurrence(coefficients as Tensor, firstUnit(steps))
        return mul(square(withAxes(scale, 1)), cumsum(square(response)))
      },
      entropy: ({ scale }) => mul(steps, add(log(scale), HALF_LOG_TWO_PI + 0.5)),
    },
  )
  return withCovariance(base, ({ coefficients, scale }) => {
    const all = responses(coefficients)
    return mul(square(withAxes(scale, 2)), matMul(all, all, { transposeA: true }))
  }) as unknown as Autoregressive
}
