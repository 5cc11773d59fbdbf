import {
  add,
  clip,
  div,
  drawStudentT,
  greater,
  lbeta,
  log,
  mul,
  neg,
  square,
  sub,
  where,
} from '@variate/core/ops'
import { digammaDifference, studentTCdf, studentTLogDensity, studentTQuantile } from '@variate/core/internal'
import { positive } from './constraints/positive.ts'
import { real } from './constraints/real.ts'
import { define } from './define.ts'
import type { Capabilities, Distribution, Numbers, Parameter, Reparameterized } from './distribution.ts'
import { LARGEST } from './float32.ts'
import { standardize, unstandardize } from './standardize.ts'

export interface StudentT
  extends
    Distribution,
    Reparameterized,
    Pick<Capabilities, 'cdf' | 'survival' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
  readonly name: 'studentT'
  /** The degrees of freedom. */
  readonly df: Parameter
  /** The median. */
  readonly loc: Parameter
  /** The scale: the standard deviation is scale·√(df/(df − 2)) for df > 2. */
  readonly scale: Parameter
}

/**
 * Student's t distribution, with density (1 + z²/df)^(−(df + 1)/2) / (scale·√df·B(½, df/2)), z = (x − loc)/scale,
 * on the real line.
 *
 * Its mean is NaN for df ≤ 1; its variance is infinite for df ≤ 2, NaN for df ≤ 1.
 *
 * @param df the degrees of freedom, > 0.
 * @param loc the median, any real number.
 * @param scale the scale, > 0: the standard deviation is scale·√(df/(df − 2)) for df > 2.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995), ch. 28.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { studentT } from '@variate/distributions'
 *
 * studentT(3, 0, 1).logProb([0, 2]).arraySync() // => [-1.000889, -2.695485]
 * studentT(5, 1, 2).cdf(4).arraySync() // => 0.903048
 * ```
 */
export function studentT(df: Numbers, loc: Numbers, scale: Numbers): StudentT {
  return define(
    'studentT',
    { df: [df, positive], loc: [loc, real], scale: [scale, positive] },
    {
      support: real,
      reparameterized: true,
      draw: (p, key, shape) => clip(unstandardize(p, drawStudentT(key, shape, p.df)), -LARGEST, LARGEST),
      logProb: (p, x) => sub(studentTLogDensity(standardize(p, x), p.df), log(p.scale)),
      cdf: (p, x) => studentTCdf(standardize(p, x), p.df),
      survival: (p, x) => studentTCdf(neg(standardize(p, x)), p.df),
      icdf: (p, probability) => unstandardize(p, studentTQuantile(probability, p.df)),
      isf: (p, probability) => unstandardize(p, neg(studentTQuantile(probability, p.df))),
      mean: ({ df, loc }) => where(greater(df, 1), loc, NaN),
      variance: ({ df, scale }) => {
        const isHeavy = greater(df, 1)
        const isFinite = greater(df, 2)
        const ratio = div(df, where(isFinite, sub(df, 2), 1))
        return where(isFinite, mul(square(scale), ratio), where(isHeavy, Infinity, NaN))
      },
      entropy: ({ df, scale }) => {
        const half = mul(0.5, df)
        const ofKernel = mul(add(half, 0.5), digammaDifference(half, 0.5))
        return add(add(ofKernel, mul(0.5, log(df))), add(lbeta(half, 0.5), log(scale)))
      },
    },
  ) as StudentT
}
