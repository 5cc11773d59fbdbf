import { type Capabilities, type Distribution, type Numbers } from '../../src/index.ts'
import * as distributions from '../../src/index.ts'

type Factory = (...args: readonly unknown[]) => Distribution & Partial<Capabilities>

const factories = distributions as unknown as Readonly<Record<string, Factory>>

const args: Readonly<Record<string, readonly unknown[]>> = {
  asymmetricLaplace: [0.5, 2, 1.5],
  bernoulli: [{ probs: 0.3 }],
  bernoulliStraightThrough: [0.5, { probs: 0.3 }],
  beta: [2, 3],
  betaBinomial: [5, 2, 3],
  betaPrime: [2, 3],
  binomial: [5, { probs: 0.3 }],
  categorical: [{ probs: [0.2, 0.5, 0.3] }],
  cauchy: [0.5, 2],
  chiSquared: [3],
  continuousBernoulli: [{ probs: 0.3 }],
  discreteUniform: [1, 5],
  exponential: [2],
  gamma: [3, 2],
  geometric: [{ probs: 0.3 }],
  gumbel: [0.5, 2],
  halfCauchy: [2],
  halfNormal: [2],
  hypergeometric: [20, 7, 12],
  invGaussian: [1, 2],
  inverseGamma: [3, 2],
  kumaraswamy: [2, 3],
  laplace: [0.5, 2],
  logNormal: [0.5, 2],
  logUniform: [1, 5],
  logistic: [0.5, 2],
  negativeBinomial: [5, { probs: 0.3 }],
  negativeBinomial2: [5, 3],
  normal: [0.5, 2],
  orderedLogistic: [0.5, [-1, 1]],
  pareto: [1, 3],
  poisson: [3],
  rayleigh: [2],
  relaxedBernoulli: [0.5, { probs: 0.3 }],
  skewNormal: [0.5, 2, 1.5],
  studentT: [3, 0.5, 2],
  triangular: [0, 3, 1],
  truncatedNormal: [0.5, 2, -1, 2],
  uniform: [1, 5],
  vonMises: [0.5, 2],
  weibull: [2, 1.5],
}

const { censored, expand, folded, masked, mixture, normal, poisson, truncated, exponential, zeroInflated } =
  distributions
const { studentT, transformed, biject, constraints } = distributions

/** Every factory of distributions of numbers, and combinators of them. */
export const everyUnivariate: readonly (readonly [name: string, Distribution & Partial<Capabilities>])[] = [
  ...Object.entries(args).map(([name, given]) => [name, factories[name]!(...given)] as const),
  ['masked normal', masked(normal(0.5, 2), true)],
  ['masked studentT', masked(studentT(3, 0.5, 2), true)],
  ['expand', expand(normal(0.5, 2), [])],
  ['folded', folded(normal(0.5, 2))],
  ['censored', censored(normal(0.5, 2), { low: -1 })],
  ['truncated normal', truncated(normal(0.5, 2), { low: 0 })],
  ['truncated exponential', truncated(exponential(2), { high: 3 })],
  ['truncated poisson', truncated(poisson(3), { low: 1 })],
  ['transformed', transformed(normal(0.5, 2), biject(constraints.positive))],
  ['mixture', mixture({ probs: [0.5, 0.5] } as never, normal([0, 1], 1) as never)],
  ['zeroInflated', zeroInflated(poisson(3), { gate: 0.3 } as never)],
]

/** The one number that a method gives for a number. */
export function valueOf(method: (x: Numbers) => { dataSync(): ArrayLike<number> }, x: number): number {
  return method(x).dataSync()[0]!
}
