import '@tensorflow/tfjs-backend-cpu'
import { relu, type Tensor } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { UnsupportedError } from '@variate/core'
import {
  abs,
  add,
  constant,
  equal,
  gather,
  greater,
  log,
  mul,
  square,
  sub,
  sum,
  tanh,
  where,
} from '@variate/core/ops'
import {
  bernoulli,
  beta,
  categorical,
  dirichlet,
  exponential,
  gamma,
  laplace,
  logNormal,
  normal,
  poisson,
  uniform,
  type Distribution,
  type Numbers,
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

// Where a density ends, or is not 0 only where nobody looks, points can show neither.

const within = (center: Tensor, width: Numbers) => uniform(sub(center, width), add(center, width))
const only = (is: Tensor, value = 0) => where(is, value, -Infinity)

test.each([
  [0.5, 0],
  [0.5, 1.2],
  [0.5, 2],
  [1, 0],
  [2, 0],
  [3, 0],
  [3, 3],
  [5, 0],
])('a window of ±%d around a normal latent, at %d', async (width, x) => {
  const window = given(normal(0, 1), (z) => within(z, width))
  await expect(enumeration(window).fit({ y: x })).rejects.toThrow('"z"')
})

test.each([-2, -0.5, 0.5, 2])('a normal latent that is bounded by a factor, at %d', async (x) => {
  const bounded = model('m')
    .latent('z', normal(1, 1))
    .factor('bound', ({ z }) => only(greater(z, -0.001)))
    .observed('x', ({ z }) => normal(z, 1))
  await expect(enumeration(bounded).fit({ x })).rejects.toThrow('not quadratic in "z"')
})

test.each([0, 2, 4])('normal latents in order but for %d', async (slack) => {
  const ordered = model('m')
    .latent('a', normal(0, 1))
    .latent('b', normal(0, 1))
    .factor('order', ({ a, b }) => where(greater(a, add(b, slack + 1e-4)), -Infinity, 0))
    .observed('x', ({ a }) => normal(a, 1))
    .observed('y', ({ b }) => normal(b, 1))
  await expect(enumeration(ordered).fit({ x: 0, y: 0 })).rejects.toThrow('not quadratic in "a"')
})

test.each([0.6, 1, 2])('a window that is narrow in one of two combinations only, at %d', async (x) => {
  const mixture = model('m')
    .latent('c', categorical({ probs: [0.5, 0.5] }))
    .latent('z', normal(0, 1))
    .observed('x', ({ c, z }) => within(z, gather(constant([100, 0.2]), c)))
  await expect(enumeration(mixture).fit({ x })).rejects.toThrow('"z"')
})

const counted = model('m')
  .latent('c', categorical({ probs: [0.5, 0.5] }))
  .latent('r', gamma(2, 1))
  .observed('n', ({ r }) => poisson(r))

test('a gamma latent that one combination allows in a narrow window only', async () => {
  const narrow = counted.factor('f', ({ c, r }) =>
    where(greater(c, 0.5), only(greater(0.2, abs(sub(r, 3))), 5), 0),
  )
  await expect(enumeration(narrow).fit({ n: 3 })).rejects.toThrow(
    'the density is 0 at every point of "r" that was looked at',
  )
})

test('and one that nothing else allows either', async () => {
  const alone = model('m')
    .latent('r', gamma(2, 1))
    .observed('x', ({ r }) => within(r, 0.1))
  const refused = enumeration(alone).fit({ x: 3 })
  await expect(refused).rejects.toThrow(UnsupportedError)
  await expect(refused).rejects.toThrow('"r"')
})

test.each([1, 3])('nor is a window in a plate of %d taken for what is the same everywhere', async (count) => {
  const mixture = model('m')
    .latent('c', categorical({ probs: [0.5, 0.5] }))
    .latent('z', normal(0, 1))
    .plate('i', 'n', (i) => i.observed('x', ({ c, z }) => within(z, gather(constant([100, 0.2]), c))))
  await expect(enumeration(mixture).fit({ x: Array(count).fill(2) })).rejects.toThrow('"z"')
})

test.each([1, 3])('nor in a chain of %d', async (count) => {
  const chain = model('m')
    .latent('r', gamma(2, 1))
    .markov('t', count, (t) =>
      t
        .latent('c', categorical({ probs: [0.5, 0.5] }), () => categorical({ probs: [0.5, 0.5] }))
        .observed('x', ({ c, r }) => within(r, add(c, 0.1))),
    )
  await expect(enumeration(chain).fit({ x: Array(count).fill(30) } as never)).rejects.toThrow('"r"')
})

// What is impossible whatever the continuous latents are stays exact.

test('a count that is 0 unless a switch is on: ∫ ½ gamma(r; 2, 1) poisson(3; r) dr = ½ · 4/32', async () => {
  const inflated = model('m')
    .latent('c', bernoulli({ probs: 0.5 }))
    .latent('r', gamma(2, 1))
    .observed('n', ({ c, r }) => poisson(mul(c, r)))
  const { logEvidence, posterior } = await enumeration(inflated).fit({ n: 3 })
  expect(logEvidence).toBeCloseTo(Math.log(1 / 16), 10)
  expect([...posterior.probabilities.c.data]).toEqual([0, 1])
})

test('seen only while there: ½ · ∫ p² dp, of which the first is 1', async () => {
  const seen = model('m')
    .latent('p', beta(1, 1))
    .plate('animal', 2, (i) =>
      i
        .latent('isThere', bernoulli({ probs: 0.5 }))
        .observed('isSeen', ({ p, isThere }) => bernoulli({ probs: mul(p, isThere) })),
    )
  const { logEvidence } = await enumeration(seen).fit({ isSeen: [1, 1] })
  expect(logEvidence).toBeCloseTo(Math.log(1 / 12), 10)
})

test('an absorbing state, which is never left: ½ · ∫ p (1 − p) dp', async () => {
  const absorbed = model('m')
    .latent('p', beta(1, 1))
    .markov('t', 3, (t) =>
      t
        .latent('isDead', bernoulli({ probs: 0.5 }), ({ p }, { isDead }) =>
          bernoulli({ probs: sub(1, mul(p, sub(1, isDead))) }),
        )
        .observed('isSilent', ({ isDead }) => bernoulli({ probs: isDead })),
    )
  const { logEvidence } = await enumeration(absorbed).fit({ isSilent: [0, 0, 1] } as never)
  expect(logEvidence).toBeCloseTo(Math.log(0.5 * (1 / 2 - 1 / 3)), 10)
})

test('what the discrete latents forbid by themselves needs no look', async () => {
  const forbidden = counted
    .factor('f', ({ c, r }) => where(greater(c, 0.5), only(greater(0.2, abs(sub(r, 3))), 5), 0))
    .factor('g', ({ c }) => only(greater(0.5, c)))
  const { logEvidence } = await enumeration(forbidden).fit({ n: 3 })
  expect(logEvidence).toBeCloseTo(Math.log(1 / 16), 10)
})

test('a factor of a discrete latent alone that makes it impossible, beside one of both', async () => {
  const closed = counted
    .factor('f', ({ c, r }) => mul(r, sub(-1, c)))
    .factor('g', ({ c }) => where(greater(c, 0.5), -Infinity, 0))
  const { logEvidence } = await enumeration(closed).fit({ n: 3 })
  expect(logEvidence).toBeCloseTo(Math.log(0.5 * (4 / 3 ** 5)), 10)
})

test('in one factor it cannot be told from what is possible elsewhere, and it is said what to do', async () => {
  const closed = counted.factor('f', ({ c, r }) => where(greater(c, 0.5), -Infinity, mul(-1, r)))
  await expect(enumeration(closed).fit({ n: 3 })).rejects.toThrow(
    'what "c" alone makes impossible belongs into a factor of its own',
  )
})
