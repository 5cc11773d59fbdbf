import * as distributions from '../../src/index.ts'
import type { Able } from '../../src/combine.ts'

type Factory = (...args: readonly unknown[]) => Able

/** A parameter of one distribution, and numbers that are none of its values, as any of its elements. */
export interface Argument {
  readonly name: string
  readonly value: unknown
  readonly bad: readonly number[]
  /** The position of the object of options that it stands in. */
  readonly isOption?: boolean
  /** Whether it is a plain number whatever else is given, as lengths are. */
  readonly isPlain?: boolean
}

const REAL: readonly number[] = []
const POSITIVE = [0, -1]
const COUNT = [-1, 1.5]
const UNIT = [-0.1, 1.1]

type Row = Readonly<Record<string, readonly [value: unknown, bad: readonly number[]]>>

const loc: Row = { loc: [0.5, REAL] }
const scale: Row = { scale: [2, POSITIVE] }
const probs: Row = { 'options.probs': [0.3, UNIT] }
const weights: Row = { 'options.probs': [[0.2, 0.5, 0.3], UNIT] }
const concentrations: Row = { concentration1: [2, POSITIVE], concentration0: [3, POSITIVE] }
const rate: Row = { rate: [2, POSITIVE] }
const concentration: Row = { concentration: [3, POSITIVE] }
const temperature: Row = { temperature: [0.5, POSITIVE] }
const vector: Row = { loc: [[0.5, 1], REAL] }
const triangle = [
  [2, 0],
  [1, 1],
]
const matrix = [
  [2, 1],
  [1, 3],
]

/** A parameter of each factory by name, in order; those of an object of options after `options.`. */
const rows: Readonly<Record<string, Row>> = {
  asymmetricLaplace: { ...loc, ...scale, asymmetry: [1.5, POSITIVE] },
  autoregressive: { coefficients: [[0.5], REAL], ...scale, 'plain.steps': [3, COUNT] },
  bernoulli: probs,
  bernoulliStraightThrough: { ...temperature, ...probs },
  beta: concentrations,
  betaBinomial: { ...concentrations, total: [5, COUNT] },
  betaPrime: concentrations,
  binomial: { total: [5, COUNT], ...probs },
  categorical: weights,
  cauchy: { ...loc, ...scale },
  chiSquared: { df: [3, POSITIVE] },
  continuousBernoulli: { 'options.probs': [0.3, [...UNIT, 0, 1]] },
  delta: { value: [0.5, REAL] },
  dirichlet: { concentration: [[2, 3], POSITIVE] },
  dirichletMultinomial: { concentration: [[2, 3], POSITIVE], total: [5, COUNT] },
  discreteUniform: { low: [1, [1.5]], high: [5, [1.5]] },
  exponential: rate,
  gamma: { ...concentration, ...rate },
  gaussianRandomWalk: { ...scale, 'plain.steps': [3, COUNT] },
  geometric: { 'options.probs': [0.3, [...UNIT, 0]] },
  gumbel: { ...loc, ...scale },
  gumbelSoftmax: { ...temperature, ...weights },
  halfCauchy: scale,
  halfNormal: scale,
  hypergeometric: { total: [20, COUNT], successes: [7, COUNT], draws: [12, COUNT] },
  invGaussian: { mean: [1, POSITIVE], concentration: [2, POSITIVE] },
  inverseGamma: { ...concentration, ...rate },
  inverseWishart: { df: [4, [1, 0]], 'options.scale': [matrix, REAL] },
  kumaraswamy: concentrations,
  laplace: { ...loc, ...scale },
  lkjCholesky: { 'plain.dimension': [3, COUNT], ...concentration },
  logNormal: { ...loc, ...scale },
  logUniform: { low: [1, POSITIVE], high: [5, POSITIVE] },
  logistic: { ...loc, ...scale },
  matrixNormal: {
    loc: [[[0.5, 1]], REAL],
    scaleTrilRow: [[[2]], POSITIVE],
    scaleTrilColumn: [triangle, REAL],
  },
  multinomial: { total: [5, COUNT], ...weights },
  multivariateNormal: { ...vector, 'options.covariance': [matrix, REAL] },
  multivariateNormalDiag: { ...vector, scaleDiag: [[2, 3], POSITIVE] },
  multivariateNormalLowRank: { ...vector, covFactor: [[[1], [2]], REAL], covDiag: [[2, 3], POSITIVE] },
  multivariateStudentT: { df: [3, POSITIVE], ...vector, 'options.scaleTril': [triangle, REAL] },
  negativeBinomial: { total: [5, POSITIVE], 'options.probs': [0.3, [...UNIT, 1]] },
  negativeBinomial2: { mean: [5, [-1]], ...concentration },
  normal: { ...loc, ...scale },
  oneHotCategorical: weights,
  oneHotCategoricalStraightThrough: { ...temperature, ...weights },
  orderedLogistic: { predictor: [0.5, REAL], cutpoints: [[-1, 1], REAL] },
  pareto: { scale: [1, POSITIVE], alpha: [3, POSITIVE] },
  poisson: { rate: [3, [-1]] },
  rayleigh: scale,
  relaxedBernoulli: { ...temperature, ...probs },
  skewNormal: { ...loc, ...scale, shape: [1.5, REAL] },
  studentT: { df: [3, POSITIVE], ...loc, ...scale },
  triangular: { low: [0, REAL], high: [3, REAL], peak: [1, REAL] },
  truncatedNormal: { ...loc, ...scale, low: [-1, REAL], high: [2, REAL] },
  uniform: { low: [1, REAL], high: [5, REAL] },
  vonMises: { ...loc, concentration: [2, [-1]] },
  weibull: { ...scale, concentration: [1.5, POSITIVE] },
  wishart: { df: [4, [1, 0]], 'options.scaleTril': [triangle, REAL] },
}

export const factories: readonly (readonly [name: string, args: readonly Argument[]])[] = Object.entries(
  rows,
).map(([name, row]) => [
  name,
  Object.entries(row).map(([key, [value, bad]]) => {
    const [kind, option] = key.split('.')
    return { name: option ?? kind!, value, bad, isOption: kind === 'options', isPlain: kind === 'plain' }
  }),
])

/** Calls a factory with some of its parameters replaced. */
export function make(
  name: string,
  args: readonly Argument[],
  replace: (argument: Argument) => unknown = ({ value }) => value,
): Able {
  const positional = args.filter(({ isOption }) => !isOption).map(replace)
  const options = args.filter(({ isOption }) => isOption).map((each) => [each.name, replace(each)] as const)
  const factory = (distributions as unknown as Readonly<Record<string, Factory>>)[name]!
  return factory(...positional, ...(options.length > 0 ? [Object.fromEntries(options)] : []))
}
