import { add, div, exp, greater, log, mul, sub, type Real } from '@variate/core/ops'
import {
  asymmetricLaplace,
  cauchy,
  exponential,
  gamma,
  gumbel,
  halfCauchy,
  halfNormal,
  inverseGamma,
  laplace,
  logistic,
  normal,
  pareto,
  rayleigh,
  skewNormal,
  studentT,
  uniform,
  weibull,
  type Distribution,
  type Numbers,
} from '@variate/distributions'
import { deviation, filled, type Deviation, type DeviationMaker, type Resolved } from './deviation.ts'

export type NumberFamily =
  | 'normal'
  | 'cauchy'
  | 'studentT'
  | 'laplace'
  | 'asymmetricLaplace'
  | 'logistic'
  | 'gumbel'
  | 'skewNormal'
  | 'logNormal'
  | 'halfNormal'
  | 'halfCauchy'
  | 'rayleigh'
  | 'weibull'
  | 'pareto'
  | 'inverseGamma'
  | 'exponential'
  | 'gamma'
  | 'uniform'
  | 'logUniform'

/** Families of numbers, by the names of their factories. */
export const OF_NUMBERS: Readonly<Record<NumberFamily, DeviationMaker>> = {
  normal: (d) => located(d, (_, zero) => normal(zero, 1)),
  cauchy: (d) => located(d, (_, zero) => cauchy(zero, 1)),
  studentT: (d) => located(d, ({ df }, zero) => studentT(df, zero, 1)),
  laplace: (d) => located(d, (_, zero) => laplace(zero, 1)),
  asymmetricLaplace: (d) => located(d, ({ asymmetry }, zero) => asymmetricLaplace(zero, 1, asymmetry)),
  logistic: (d) => located(d, (_, zero) => logistic(zero, 1)),
  gumbel: (d) => located(d, (_, zero) => gumbel(zero, 1)),
  skewNormal: (d) => located(d, ({ shape }, zero) => skewNormal(zero, 1, shape)),
  logNormal: (d) => logarithm(located(d, (_, zero) => normal(zero, 1))),
  halfNormal: (d) => scaled(d, 'scale', (_, one) => halfNormal(one)),
  halfCauchy: (d) => scaled(d, 'scale', (_, one) => halfCauchy(one)),
  rayleigh: (d) => scaled(d, 'scale', (_, one) => rayleigh(one)),
  weibull: (d) => scaled(d, 'scale', ({ concentration }, one) => weibull(one, concentration)),
  pareto: (d) => scaled(d, 'scale', ({ alpha }, one) => pareto(one, alpha)),
  // The rate of 1/x is the scale of x.
  inverseGamma: (d) => scaled(d, 'rate', ({ concentration }, one) => inverseGamma(concentration, one)),
  exponential: (d) => rated(d, (_, one) => exponential(one)),
  gamma: (d) => rated(d, ({ concentration }, one) => gamma(concentration, one)),
  uniform: (d) => between(d, (end) => end),
  logUniform: (d) => logarithm(between(d, log)),
}

type Standard = (parameters: Resolved, value: Numbers) => Distribution

/** x = loc + scale·z. */
function located(d: Distribution, standard: Standard): Deviation {
  return deviation(d, ['loc', 'scale'], (p) => ({
    standard: () => standard(p, filled(d.batchShape, 0)),
    isScale: () => greater(p.scale, 0),
    toValue: (z) => add(p.loc, mul(p.scale, z)),
    fromValue: (x) => div(sub(x, p.loc), p.scale),
  }))
}

/** x = scale·z. */
function scaled(d: Distribution, name: 'scale' | 'rate', standard: Standard): Deviation {
  return deviation(d, [name], (p) => ({
    standard: () => standard(p, filled(d.batchShape, 1)),
    isScale: () => greater(p[name], 0),
    toValue: (z) => mul(p[name], z),
    fromValue: (x) => div(x, p[name]),
  }))
}

/** x = z/rate. */
function rated(d: Distribution, standard: Standard): Deviation {
  return deviation(d, ['rate'], (p) => ({
    standard: () => standard(p, filled(d.batchShape, 1)),
    isScale: () => greater(p.rate, 0),
    toValue: (z) => div(z, p.rate),
    fromValue: (x) => mul(x, p.rate),
  }))
}

/** x = low + (high − low)·z, of ends as they are or their logarithms. */
function between(d: Distribution, of: (end: Real) => Real): Deviation {
  return deviation(d, ['low', 'high'], (p) => ({
    standard: () => uniform(filled(d.batchShape, 0), 1),
    isScale: () => greater(of(p.high), of(p.low)),
    toValue: (z) => add(of(p.low), mul(sub(of(p.high), of(p.low)), z)),
    fromValue: (x) => div(sub(x, of(p.low)), sub(of(p.high), of(p.low))),
  }))
}

/** What is located and scaled is the logarithm. */
function logarithm(of: Deviation): Deviation {
  return { ...of, toValue: (z) => exp(of.toValue(z)), fromValue: (x) => of.fromValue(log(x)) }
}
