import {
  add,
  div,
  exp,
  less,
  log1mexp,
  log1p,
  logNdtr,
  logSigmoid,
  maximum,
  minimum,
  mul,
  neg,
  square,
  sub,
  where,
  type Real,
} from '@variate/core/ops'
import { logRatio, ratioPower } from '@variate/core/internal'
import type { Distribution } from './distribution.ts'
import { SMALLEST } from './float32.ts'
import { mapValues } from './mapValues.ts'
import { resolvedOf, type Resolved } from './parameters.ts'
import { standardize, standardizeLog } from './standardize.ts'

type LocationScale = Resolved<'loc' | 'scale'>
type Formula = (parameters: never, x: Real) => Real

/** Logarithms of tail probabilities that are finite where the probabilities underflow. */
interface LogTails<F = Formula> {
  /** log P(X ≤ x). */
  readonly lower?: F
  /** log P(X > x). */
  readonly upper?: F
}

const symmetric = (logCdf: (z: Real) => Real, ofX = standardize): LogTails => ({
  lower: (p: LocationScale, x) => logCdf(ofX(p, x)),
  upper: (p: LocationScale, x) => logCdf(neg(ofX(p, x))),
})

/** Those of distributions that have them in closed form, by name; their derivatives are finite within the support. */
const TABLE: Readonly<Record<string, LogTails>> = {
  normal: symmetric(logNdtr),
  logNormal: symmetric(logNdtr, (p, x) => standardizeLog(p, maximum(x, SMALLEST))),
  logistic: symmetric(logSigmoid),
  laplace: symmetric((z) =>
    where(less(z, 0), sub(minimum(z, 0), Math.LN2), log1p(mul(-0.5, exp(neg(maximum(z, 0)))))),
  ),
  gumbel: {
    lower: (p: LocationScale, x) => neg(exp(neg(standardize(p, x)))),
    upper: (p: LocationScale, x) => {
      const z = standardize(p, x)
      // 1 − exp(−e⁻ᶻ) is e⁻ᶻ to all digits beyond 17, and 1 below −4.
      const near = log1mexp(neg(exp(neg(maximum(minimum(z, 17), -4)))))
      return where(less(z, 17), near, neg(z))
    },
  },
  halfNormal: {
    upper: ({ scale }: Resolved<'scale'>, x) => add(Math.LN2, logNdtr(neg(div(maximum(x, 0), scale)))),
  },
  exponential: { upper: ({ rate }: Resolved<'rate'>, x) => neg(mul(rate, maximum(x, 0))) },
  weibull: {
    upper: (p: Resolved<'concentration' | 'scale'>, x) =>
      neg(ratioPower(p.concentration, p.scale, maximum(x, 0))),
  },
  rayleigh: { upper: ({ scale }: Resolved<'scale'>, x) => mul(-0.5, square(div(maximum(x, 0), scale))) },
  pareto: {
    upper: ({ scale, alpha }: Resolved<'scale' | 'alpha'>, x) =>
      neg(mul(alpha, logRatio(maximum(x, scale), scale))),
  },
}

/** The formulas that a distribution has. */
export function logTailsOf({ name, parameters }: Distribution): LogTails<(x: Real) => Real> {
  const table: Readonly<Record<string, Formula>> = { ...TABLE[name] }
  return mapValues(table, (formula) => (x: Real) => formula(resolvedOf(parameters) as never, x))
}
