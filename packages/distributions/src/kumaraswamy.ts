import {
  add,
  clip,
  div,
  drawUniform,
  exp,
  expm1,
  lbeta,
  log,
  log1mexp,
  log1p,
  mul,
  neg,
  sub,
  type Real,
} from '@variate/core/ops'
import { digammaDifference, kumaraswamyCdf, logKumaraswamyDensity } from '@variate/core/internal'
import { positive } from './constraints/positive.ts'
import { unitInterval } from './constraints/unitInterval.ts'
import { define, type Resolved } from './define.ts'
import type { Capabilities, Distribution, Numbers, Parameter, Reparameterized } from './distribution.ts'
import { BELOW_ONE, SMALLEST } from './float32.ts'

export interface Kumaraswamy
  extends
    Distribution,
    Reparameterized,
    Pick<Capabilities, 'cdf' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
  readonly name: 'kumaraswamy'
  /** The weight at 1. */
  readonly concentration1: Parameter
  /** The weight at 0. */
  readonly concentration0: Parameter
}

/**
 * The Kumaraswamy distribution, with density a·b·x^(a − 1)·(1 − x^a)^(b − 1), a = concentration1, b = concentration0,
 * for 0 ≤ x ≤ 1: much like the beta distribution, with a quantile function in closed form.
 *
 * @param concentration1 the weight at 1, > 0.
 * @param concentration0 the weight at 0, > 0.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Jones 2009, “Kumaraswamy's distribution: A beta-type distribution with some tractability advantages”.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { kumaraswamy } from '@variate/distributions'
 *
 * kumaraswamy(2, 3).logProb([0.5, 1]).arraySync() // => [0.5232481, -Infinity]
 * kumaraswamy(2, 3).cdf(0.5).arraySync() // => 0.578125
 * ```
 */
export function kumaraswamy(concentration1: Numbers, concentration0: Numbers): Kumaraswamy {
  return define(
    'kumaraswamy',
    { concentration1: [concentration1, positive], concentration0: [concentration0, positive] },
    {
      support: unitInterval,
      reparameterized: true,
      draw: (p, key, shape) => clip(quantile(p, log(drawUniform(key, shape))), SMALLEST, BELOW_ONE),
      logProb: (p, x) => logKumaraswamyDensity(p.concentration1, p.concentration0, x),
      cdf: (p, x) => kumaraswamyCdf(p.concentration1, p.concentration0, clip(x, 0, 1)),
      icdf: (p, probability) => quantile(p, log1p(neg(probability))),
      mean: (p) => exp(logMoment(p, 1)),
      variance: (p) => {
        const logMean = logMoment(p, 1)
        return mul(exp(mul(2, logMean)), expm1(sub(logMoment(p, 2), mul(2, logMean))))
      },
      entropy: ({ concentration1, concentration0 }) => {
        // ψ(b + 1) + γ, the harmonic number of b.
        const harmonic = digammaDifference(1, concentration0)
        const tails = add(sub(1, div(1, concentration0)), mul(sub(1, div(1, concentration1)), harmonic))
        return sub(tails, add(log(concentration1), log(concentration0)))
      },
    },
  ) as Kumaraswamy
}

type Concentrations = Resolved<'concentration1' | 'concentration0'>

/** (1 − (1 − p)^(1/b))^(1/a), from log(1 − p). */
function quantile({ concentration1, concentration0 }: Concentrations, logComplement: Real): Real {
  return exp(div(log1mexp(div(logComplement, concentration0)), concentration1))
}

/** The logarithm of E xⁿ = b·B(1 + n/a, b). */
function logMoment({ concentration1, concentration0 }: Concentrations, n: number): Real {
  return add(log(concentration0), lbeta(add(1, div(n, concentration1)), concentration0))
}
