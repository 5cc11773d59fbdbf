import '@tensorflow/tfjs-backend-cpu'
import { relu, type Tensor } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { add, equal, greater, log, mul, square, sub, sum, tanh, where } from '@variate/core/ops'
import {
  bernoulli,
  beta,
  categorical,
  dirichlet,
  exponential,
  laplace,
  logNormal,
  normal,
  uniform,
  type Distribution,
} from '@variate/distributions'
import { model } from '@variate/language'
import { enumeration } from '../../src/exact/enumeration.ts'

// What only looks as if it could be integrated: second derivatives alone do not tell, nor does one place, row or scale.

const given = (prior: Distribution, y: (z: Tensor) => Distribution) =>
  model('m')
    .latent('z', prior)
    .observed('y', ({ z }) => y(z))

test.each([
  ['a Laplace prior', given(laplace(0, 1), (z) => normal(z, 1))],
  ['Laplace noise', given(normal(0, 1), (z) => laplace(z, 1))],
  ['an exponential prior', given(exponential(1), (z) => normal(z, 1))],
  ['a bounded prior', given(uniform(-1, 1), (z) => normal(z, 1))],
  ['a step', given(normal(0, 1), (z) => normal(where(greater(z, 0), 1, -1), 1))],
  ['a kink', given(normal(0, 1), (z) => normal(relu(z), 1))],
  ['a simplex', given(dirichlet([1, 1]), (z) => normal(z, 1))],
])('%s is no normal distribution', async (_, wrong) => {
  const fit = enumeration(wrong).fit({ y: _ === 'a simplex' ? [0.5, 0.5] : 0.5 })
  await expect(fit).rejects.toThrow('"z"')
})

test('a latent with a narrow prior beside it does not hide what is not quadratic', async () => {
  const wrong = model('m')
    .latent('a', normal(0, 1e-6))
    .latent('z', normal(0, 1))
    .observed('y', ({ z }) => normal(tanh(z), 1))
  await expect(enumeration(wrong).fit({ y: 0.5 })).rejects.toThrow('not quadratic in "z"')
})

test('nor does a part that is quadratic', async () => {
  const wrong = model('m')
    .latent('c', bernoulli({ probs: 0.5 }))
    .latent('e', bernoulli({ probs: 0.5 }))
    .latent('z1', normal(0, 1))
    .observed('y1', ({ z1, c }) => normal(add(z1, c), 1))
    .latent('z2', normal(0, 1))
    .observed('y2', ({ z2, c, e }) => normal(add(where(equal(e, 1), square(z2), z2), c), 1))
  await expect(enumeration(wrong).fit({ y1: 0.5, y2: -1 })).rejects.toThrow('not quadratic in "z2"')
})

test('nor do many combinations in which it is', async () => {
  const wrong = model('m')
    .latent('c', categorical({ probs: Array(20).fill(1 / 20) }))
    .latent('z', normal(Array(170).fill(0), 1))
    .observed('y', ({ z, c }) => normal(sum(where(equal(c, 19), square(z), z)), 1))
  await expect(enumeration(wrong).fit({ y: -1 })).rejects.toThrow('not quadratic in "z"')
})

// The evidence of y ~ normal(z, s) with z ~ normal(m, t) is normal(m, √(s² + t²)), the posterior variance 1/(1/s² + 1/t²).
test.each([
  [1e6, 1, 1e-3, 1e6],
  [5e4, 10, 0.01, 5e4],
  [-3e5, 2, 1, -3e5 + 1],
])('far from 0 nothing is lost: a mean of %d', async (mean, spread, noise, y) => {
  const far = given(normal(mean, spread), (z) => normal(z, noise))
  const exact = await enumeration(far).fit({ y })
  const total = Math.hypot(spread, noise)
  const expected = -0.5 * ((y - mean) / total) ** 2 - Math.log(total) - 0.5 * Math.log(2 * Math.PI)
  expect(exact.logEvidence).toBeCloseTo(expected, 8)
  expect(exact.posterior.variance.z.data[0]! * (noise ** -2 + spread ** -2)).toBeCloseTo(1, 8)
})

test.each([0.1, 0.01])('what cannot be told from a flat density is refused: noise %d', async (noise) => {
  const flat = model('m')
    .latent('a', normal(0, 1e6))
    .latent('b', normal(0, 1e6))
    .observed('y', ({ a, b }) => normal(add(a, b), noise))
  await expect(enumeration(flat).fit({ y: 1 })).rejects.toThrow('so little in some that it cannot be told')
})

test('steps of a chain have the same values', async () => {
  const wrong = model('m').markov('t', 3, (t) =>
    t.latent('z', categorical({ probs: [0.5, 0.5] }), () => categorical({ probs: [1 / 3, 1 / 3, 1 / 3] })),
  )
  await expect(enumeration(wrong).fit({} as never)).rejects.toThrow(
    '"z" (plate "t"): it has 2 values in the first',
  )
})

const switched = model('m').latent('c', bernoulli({ probs: 0.5 }))

test.each([
  [
    'observations that contradict each other',
    switched
      .observed('x', ({ c }) => bernoulli({ probs: c }))
      .observed('y', ({ c }) => bernoulli({ probs: sub(1, c) })),
    { x: 1, y: 1 },
    'the data have probability 0',
  ],
  ['a scale of 0', switched.observed('x', ({ c }) => normal(0, c)), { x: 1 }, 'site "x"'],
  ['a factor that is NaN', switched.factor('f', ({ c }) => log(sub(c, 0.5))), {}, 'site "f"'],
  ['a density of ∞', switched.observed('x', ({ c }) => beta(add(0.5, c), 1)), { x: 0 }, 'site "x"'],
  [
    'what is outside of a support',
    given(normal(0, 1), (z) => logNormal(z, 1)),
    { y: -1 },
    'outside the support of its logNormal distribution',
  ],
  ['a mean of NaN', given(normal(0, 1), (z) => normal(mul(z, NaN), 1)), { y: -1 }, 'site "y"'],
] as const)('%s is an error, not NaN', async (_, wrong, data, message) => {
  await expect(enumeration(wrong as never).fit(data as never)).rejects.toThrow(message)
})
