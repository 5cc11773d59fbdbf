import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { gather, mul } from '@variate/core/ops'
import { categorical, gamma, normal, poisson } from '@variate/distributions'
import { enumeration } from '@variate/inference'
import { model } from '@variate/language'
import { eliminationPlan } from '../../src/exact/eliminationPlan.ts'

const mixture = model('mixture')
  .plate('component', 2, (k) => k.latent('mu', normal(0, 3)).latent('rate', gamma(2, 1)))
  .plate('point', 'n', (i) =>
    i
      .latent('c', categorical({ probs: [0.5, 0.5] }))
      .observed('x', ({ mu, c }) => normal(gather(mu, c), 1))
      .observed('count', ({ rate, c }) => poisson(gather(rate, c))),
  )
const data = { x: [1, 2, 3], count: [1, 0, 4] }

test('the cost is known before anything is computed, and is that of the fit', async () => {
  const cost = enumeration(mixture).plan(data)
  // Means: 2³ combinations of a value, a gradient [2], second derivatives, a mean and a factor; rates: 16 points in each.
  expect(cost.integrals).toEqual({ largest: 8 * 16, total: 8 * (13 + 16) })
  expect(cost.tables).toEqual({ largest: 6, total: 6 })
  expect(cost.largest).toBe(8)
  expect(String(cost)).toBe(
    'model "mixture": tables of terms: 6 numbers, 6 at once; integrals over continuous latents: 232 numbers, 128 at once; ' +
      'products of discrete latents: 14 numbers, 8 at once',
  )
  const { cost: ofFit } = await enumeration(mixture).fit(data)
  expect(String(ofFit)).toBe(String(cost))
})

test.each([
  [
    5,
    'site "c" (plate "point") depends on 1 of "c": 2 combinations for each of 3 elements are a table of 6 numbers',
  ],
  [50, 'the integral over "mu" for each of 8 combinations of discrete latents takes 104 numbers'],
  [110, 'the integral over "rate" for each of 8 combinations of discrete latents takes 128 numbers'],
])('a limit of %i is one for tables and integrals', async (limit, message) => {
  expect(() => enumeration(mixture, { limit }).plan(data)).toThrow(message)
  await expect(enumeration(mixture, { limit }).fit(data)).rejects.toThrow(`the limit is ${limit}`)
})

test('and for products, which may be larger than each table', () => {
  const pairs = model('pairs')
    .latent('a', categorical({ probs: [0.5, 0.2, 0.3] }))
    .latent('b', categorical({ probs: [0.5, 0.2, 0.3] }))
    .latent('c', categorical({ probs: [0.5, 0.2, 0.3] }))
    .factor('ab', ({ a, b }) => mul(a, b))
    .factor('bc', ({ b, c }) => mul(b, c))
    .factor('ca', ({ c, a }) => mul(c, a))
  expect(enumeration(pairs, { limit: 27 }).plan({}).largest).toBe(27)
  expect(() => enumeration(pairs, { limit: 26 }).plan({})).toThrow(
    'the best order that was found needs a product of 27 numbers, and the limit is 26',
  )
})

test('products that are too large are counted, not made', () => {
  const all = Array.from({ length: 60 }, (_, i) => i)
  const factors = all.flatMap((a) => all.slice(0, a).map((b) => ({ variables: [a, b] })))
  const plan = eliminationPlan(new Int32Array(60).fill(2), factors, 2 ** 10)
  expect(plan.largest).toBe(2 ** 60)
})
