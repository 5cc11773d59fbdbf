import '@tensorflow/tfjs-backend-cpu'
import { grad, tensor, zeros, type Tensor } from '@tensorflow/tfjs-core'
import { key } from '@variate/core'
import { add, sum } from '@variate/core/ops'
import { describe, expect, test } from 'vitest'
import { bernoulli, continuousBernoulli } from '../../src/index.ts'
import { factories, make } from './factories.ts'

const POSITIVE = [-1, -1e-30]
const UNIT = [-0.5, 1.5]
const BINARY = [-1, 2, 0.5, 0.999]
const COUNT = [-1, 0.5, 2.001]
const UP_TO_FIVE = [...COUNT, 6]
const CATEGORY = [-1, 3, 0.5, 1.5]
const NOT_ONE_HOT = [
  [1, 1, 0],
  [0, 0, 0],
  [0.5, 0.5, 0],
  [2, -1, 0],
]
const NOT_SIMPLEX = [
  [0.6, 0.6],
  [1.5, -0.5],
]
const NOT_POSITIVE_DEFINITE = [
  [
    [1, 2],
    [2, 1],
  ],
  [
    [1, 0.5],
    [0.25, 1],
  ],
  [
    [-1, 0],
    [0, 1],
  ],
]

/** What each distribution of `factories` never is; those that are left out may be any number or vector. */
const outside: Readonly<Record<string, readonly unknown[]>> = {
  bernoulli: BINARY,
  bernoulliStraightThrough: BINARY,
  beta: UNIT,
  betaBinomial: UP_TO_FIVE,
  betaPrime: POSITIVE,
  binomial: UP_TO_FIVE,
  categorical: CATEGORY,
  chiSquared: POSITIVE,
  continuousBernoulli: UNIT,
  delta: [0, 0.25, 1],
  dirichlet: NOT_SIMPLEX,
  dirichletMultinomial: [
    [2, 2],
    [2.5, 2.5],
    [6, -1],
  ],
  discreteUniform: [0, 6, 1.5],
  exponential: POSITIVE,
  gamma: POSITIVE,
  geometric: COUNT,
  gumbelSoftmax: [
    [0.6, 0.6, 0.1],
    [1.5, -0.25, -0.25],
  ],
  halfCauchy: POSITIVE,
  halfNormal: POSITIVE,
  hypergeometric: [-1, 8, 4.5],
  invGaussian: POSITIVE,
  inverseGamma: POSITIVE,
  inverseWishart: NOT_POSITIVE_DEFINITE,
  kumaraswamy: UNIT,
  lkjCholesky: [
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 2],
    ],
    [
      [1, 0, 0.5],
      [0, 1, 0],
      [0, 0, 1],
    ],
    [
      [1, 0, 0],
      [0, -1, 0],
      [0, 0, 1],
    ],
  ],
  logNormal: POSITIVE,
  logUniform: [0.5, 5.5, -1],
  multinomial: [
    [1, 1, 1],
    [2.5, 1.5, 1],
    [6, -1, 0],
  ],
  negativeBinomial: COUNT,
  negativeBinomial2: COUNT,
  oneHotCategorical: NOT_ONE_HOT,
  oneHotCategoricalStraightThrough: NOT_ONE_HOT,
  orderedLogistic: CATEGORY,
  pareto: [0.5, -1],
  poisson: COUNT,
  rayleigh: POSITIVE,
  relaxedBernoulli: UNIT,
  triangular: [-0.5, 3.5],
  truncatedNormal: [-1.5, 2.5],
  uniform: [0.5, 5.5],
  weibull: POSITIVE,
  wishart: NOT_POSITIVE_DEFINITE,
}

function isFiniteEverywhere(x: Tensor): boolean {
  return Array.from(x.dataSync()).every(Number.isFinite)
}

describe.each(factories)('%s', (name, args) => {
  const events = outside[name] ?? []
  const d = make(name, args)

  test('has log probability −∞ outside its support, and finite gradients there', () => {
    for (const event of events) {
      const x = tensor(event as never, undefined, 'float32')
      expect(d.logProb(x).dataSync()[0], String(event)).toBe(-Infinity)
      expect(isFiniteEverywhere(grad((y) => sum(d.logProb(y)))(x)), String(event)).toBe(true)
      for (const argument of args.filter(({ isPlain }) => !isPlain)) {
        const parameter = tensor(argument.value as never, undefined, 'float32')
        const made = (p: Tensor) => make(name, args, (other) => (other === argument ? p : other.value))
        // 0·p, for what does not depend on it at all.
        const slope = grad((p) => add(sum(made(p).logProb(x)), sum(add(p, zeros(p.shape)))) as Tensor)(
          parameter,
        )
        expect(isFiniteEverywhere(slope), `${String(event)}: ${argument.name}`).toBe(true)
      }
    }
  })

  test('has log probability NaN where an entry is NaN', () => {
    const draw = d.sample(key(0))
    draw.dataSync().forEach((_, at) => {
      const data = Float32Array.from(draw.dataSync(), (x, i) => (i === at ? NaN : x))
      expect(d.logProb(tensor(data, draw.shape)).dataSync()[0], `entry ${at}`).toBeNaN()
    })
  })
})

test('the grey pixels that a Bernoulli distribution refuses have others', () => {
  expect(bernoulli({ probs: 0.3 }).logProb(0.5).dataSync()[0]).toBe(-Infinity)
  // 0.5·log 0.3 + 0.5·log 0.7
  expect(bernoulli({ probs: 0.3, soft: true }).logProb(0.5).dataSync()[0]).toBeCloseTo(-0.7803239, 6)
  expect(continuousBernoulli({ probs: 0.3 }).logProb(0.5).dataSync()[0]).toBeGreaterThan(-1)
  expect(() => bernoulli({ probs: 0.3 }).fit([0, 0.5])).toThrow(
    'bernoulli.fit: observations must be 0 or 1, got 0.5 at [1]',
  )
})
