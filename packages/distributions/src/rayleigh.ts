import {
  add,
  div,
  drawUniform,
  exp,
  expm1,
  log,
  log1p,
  maximum,
  mul,
  neg,
  sqrt,
  square,
  sub,
} from '@variate/core/ops'
import { logRatio, rootMeanSquare } from '@variate/core/internal'
import { nonnegative } from './constraints/nonnegative.ts'
import { positive } from './constraints/positive.ts'
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

/** Euler's constant γ. */
const EULER = 0.5772156649015329

export interface Rayleigh
  extends
    Distribution,
    Reparameterized,
    ExponentialFamily<Rayleigh>,
    Pick<Capabilities, 'cdf' | 'survival' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
  readonly name: 'rayleigh'
  /** The mode. */
  readonly scale: Parameter
}

/**
 * The Rayleigh distribution, with density x/scale² · exp(−x²/(2·scale²)), for x ≥ 0.
 *
 * @param scale the mode, > 0.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 18.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { rayleigh } from '@variate/distributions'
 *
 * rayleigh(2).logProb([1, 3]).arraySync() // => [-1.511294, -1.412682]
 * rayleigh(2).cdf(3).arraySync() // => 0.675348
 * rayleigh(1).fit([2, 14]).scale // => 7.071068
 * ```
 */
export function rayleigh(scale: Numbers): Rayleigh {
  const base = define(
    'rayleigh',
    { scale: [scale, positive] },
    {
      support: nonnegative,
      reparameterized: true,
      draw: ({ scale }, key, shape) => mul(scale, sqrt(mul(-2, log(drawUniform(key, shape))))),
      logProb: ({ scale }, x) => sub(sub(logRatio(x, scale), log(scale)), mul(0.5, square(div(x, scale)))),
      cdf: ({ scale }, x) => neg(expm1(mul(-0.5, square(div(maximum(x, 0), scale))))),
      survival: ({ scale }, x) => exp(mul(-0.5, square(div(maximum(x, 0), scale)))),
      icdf: ({ scale }, probability) => mul(scale, sqrt(mul(-2, log1p(neg(probability))))),
      isf: ({ scale }, probability) => mul(scale, sqrt(mul(-2, log(probability)))),
      mean: ({ scale }) => mul(Math.sqrt(Math.PI / 2), scale),
      variance: ({ scale }) => mul(2 - Math.PI / 2, square(scale)),
      entropy: ({ scale }) => add(log(scale), 1 + EULER / 2 - Math.LN2 / 2),
    },
  )
  return exponentialFamily(base, {
    naturalParameters: ({ scale }) => [div(-0.5, square(scale))],
    sufficientStatistics: (x) => [square(x)],
    logNormalizer: ([eta]) => neg(log(mul(-2, eta!))),
    logBaseMeasure: (x) => log(x),
    estimate: (x, w) => ({ scale: mul(Math.SQRT1_2, rootMeanSquare(x, w)) }),
    make: ({ scale }) => rayleigh(scale),
  }) as Rayleigh
}
