import {
  add,
  atan,
  clip,
  cos,
  div,
  drawVonMises,
  floor,
  greater,
  mul,
  sin,
  sqrt,
  square,
  sub,
  where,
  type Real,
} from '@variate/core/ops'
import {
  besselRatioComplement,
  besselRatioSlope,
  logI0e,
  logVonMisesDensity,
  vonMisesCdf,
  vonMisesQuantile,
  weightedMean,
} from '@variate/core/internal'
import { circular } from './constraints/circular.ts'
import { positive } from './constraints/positive.ts'
import { real } from './constraints/real.ts'
import { define } from './define.ts'
import type {
  Capabilities,
  Distribution,
  ExponentialFamily,
  Numbers,
  Parameter,
  Reparameterized,
} from './distribution.ts'
import { exponentialFamily } from './exponentialFamily.ts'

const { PI } = Math
const LOG_TWO_PI = 1.8378770664093453
const STEPS = 5

export interface VonMises
  extends
    Distribution,
    Reparameterized,
    ExponentialFamily<VonMises>,
    Pick<Capabilities, 'cdf' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
  readonly name: 'vonMises'
  /** The mean direction in radians. */
  readonly loc: Parameter
  /** How narrow it is: nearly normal of variance 1 / concentration where that is small. */
  readonly concentration: Parameter
}

/**
 * The von Mises distribution of angles, with density exp(κ·cos(x − loc)) / (2π·I₀(κ)), κ = concentration, for
 * −π ≤ x ≤ π. Its mean is the mean direction, its variance the circular one, 1 − I₁(κ)/I₀(κ); its cdf starts at −π.
 * Draws are differentiable as angles are, for functions of period 2π: they do not tell which side of ±π they are on.
 *
 * @param loc the mean direction in radians, any real number.
 * @param concentration κ > 0.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Mardia and Jupp, Directional Statistics (2000), section 3.5.4.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { vonMises } from '@variate/distributions'
 *
 * vonMises(0, 2).logProb([0, 3.2]).arraySync() // => [-0.6618706, -Infinity]
 * vonMises(7, 2).mean().arraySync() // => 0.7168147
 * ```
 */
export function vonMises(loc: Numbers, concentration: Numbers): VonMises {
  const base = define(
    'vonMises',
    { loc: [loc, real], concentration: [concentration, positive] },
    {
      support: circular,
      reparameterized: true,
      draw: (p, key, shape) => wrap(add(p.loc, drawVonMises(key, shape, p.concentration))),
      logProb: (p, x) => logVonMisesDensity(sub(x, p.loc), p.concentration),
      cdf: (p, x) => {
        const upTo = (angle: Real): Real => vonMisesCdf(sub(angle, p.loc), p.concentration)
        return clip(sub(upTo(clip(x, -PI, PI)), upTo(-PI)), 0, 1)
      },
      icdf: (p, probability) => vonMisesQuantile(probability, p.loc, p.concentration),
      mean: (p) => wrap(p.loc),
      variance: (p) => besselRatioComplement(p.concentration),
      entropy: (p) => {
        const spread = mul(p.concentration, besselRatioComplement(p.concentration))
        return add(add(logI0e(p.concentration), LOG_TWO_PI), spread)
      },
    },
  )
  return exponentialFamily(base, {
    naturalParameters: (p) => [mul(p.concentration, cos(p.loc)), mul(p.concentration, sin(p.loc))],
    sufficientStatistics: (x) => [cos(x), sin(x)],
    logNormalizer: ([ofCosine, ofSine]) => {
      const kappa = sqrt(add(square(ofCosine!), square(ofSine!)))
      return add(add(logI0e(kappa), kappa), LOG_TWO_PI)
    },
    logBaseMeasure: () => 0,
    estimate: (x, w) => {
      const direction = angleOf(weightedMean(cos(x), w), weightedMean(sin(x), w))
      const spread = weightedMean(mul(2, square(sin(div(sub(x, direction), 2)))), w)
      return { loc: direction, concentration: concentrationOf(spread) }
    },
    make: (p) => vonMises(p.loc, p.concentration),
  }) as VonMises
}

/** The same angle from −π to π. */
function wrap(angle: Real): Real {
  const turns = floor(div(add(angle, PI), 2 * PI))
  return clip(sub(angle, mul(2 * PI, turns)), -PI, PI)
}

/** The angle of the vector (x, y), by the tangent of its half. */
function angleOf(x: Real, y: Real): Real {
  const length = sqrt(add(square(x), square(y)))
  const isRight = greater(x, 0)
  const tangent = div(where(isRight, y, sub(length, x)), where(isRight, add(length, x), y))
  return mul(2, atan(tangent))
}

/** The κ with 1 − I₁(κ)/I₀(κ) = s, by Newton's method (Best and Fisher 1981). */
function concentrationOf(s: Real): Real {
  const length = sub(1, s)
  let kappa = div(mul(length, sub(2, square(length))), mul(s, sub(2, s)))
  for (let i = 0; i < STEPS; i++) {
    kappa = add(kappa, div(sub(besselRatioComplement(kappa), s), besselRatioSlope(kappa)))
  }
  return kappa
}
