import '@tensorflow/tfjs-backend-cpu'
import { describe, expect, test } from 'vitest'
import { constant, gather, mul } from '@variate/core/ops'
import {
  beta,
  bernoulli,
  binomial,
  categorical,
  dirichlet,
  discreteUniform,
  exponential,
  gamma,
  halfNormal,
  logNormal,
  normal,
  poisson,
  uniform,
} from '@variate/distributions'
import { model, positive, simplex, type Model } from '@variate/language'
import { checkLeaks } from './leaks.ts'

checkLeaks()

type Case = readonly [what: string, of: unknown, values: object, message: string]
const single = <Of>(distribution: Of) => model('m').observed('y', distribution as ReturnType<typeof normal>)
const many = <Of>(distribution: Of) =>
  model('m').plate('i', 'n', (i) => i.observed('y', distribution as ReturnType<typeof normal>))

const OUTSIDE: readonly Case[] = [
  ['a count below 0', single(poisson(3)), { y: -1 }, 'model "m": logJoint: site "y": -1 is outside the support of its poisson distribution, which is a whole number ≥ 0'],
  ['a truth value of 2', many(bernoulli({ probs: 0.5 })), { y: [0, 2] }, 'site "y" (plate "i"): 2 at [1] is outside the support of its bernoulli distribution, which is 0 or 1'],
  ['a category that there is not', many(categorical({ probs: [0.5, 0.5] })), { y: [0, 1, 2] }, '2 at [2] is outside the support of its categorical distribution, which is a whole number from 0 to 1'],
  ['an infinite number', many(normal(0, 1)), { y: [Infinity] }, 'Infinity at [0] is outside the support'],
  ['a probability above 1', single(beta(1, 1)), { y: 1.5 }, '1.5 is outside the support of its beta distribution'],
  ['probabilities of another sum', single(dirichlet([1, 1])), { y: [0.5, 0.6] }, 'sum 1.1 is outside the support of its dirichlet distribution'],
  ['a value beyond an end', single(uniform(0, 2)), { y: 3 }, '3 is outside the support of its uniform distribution, which is in [0, 2]'],
  ['what a latent is conditioned to be', model('m').latent('c', gamma(1, 1)).condition({ c: -7 }), {}, 'site "c": -7 is outside the support of its gamma distribution'],
  ['what is known of a support with an open end', model('m').latent('n', poisson(3)).observed('k', ({ n }) => binomial(n as never, { probs: 0.5 })), { n: 3, k: -1 }, 'site "k": -1 is outside'],
  ['a parameter that is no distribution over categories', model('m').param('w', simplex(2)).observed('c', ({ w }) => categorical({ probs: w })), { w: [0.9, 0.9], c: 1 }, 'site "w" must be ≥ 0 with sum 1 (simplex), got sum 1.8'],
  ['a parameter of a plate below 0', model('m').plate('k', 2, (k) => k.param('r', positive()).observed('y', ({ r }) => normal(0, r))), { r: [1, -1], y: [0, 0] }, 'site "r" (plate "k") must be > 0 (positive), got -1 at [1]'],
  ['a count that 32 bits do not hold', single(poisson(3e9)), { y: 3e9 }, 'site "y": data must be whole numbers from -2147483648 to 2147483647, got 3000000000'],
] // prettier-ignore

test.each(OUTSIDE)('%s is refused where it is observed', async (_, of, values, message) => {
  await expect((of as Model).logJoint(values as never)).rejects.toThrow(message)
})

test('latents may be given any value: outside the support their density is 0', async () => {
  const waits = model('m').latent('rate', gamma(1, 1)).observed('y', normal(0, 1))
  expect(await waits.logJoint({ rate: -1, y: 0 })).toBe(-Infinity)
  const counts = model('m').latent('c', poisson(1))
  expect(await counts.logJoint({ c: -1 })).toBe(-Infinity)
})

test('a support whose ends other sites settle is not known beforehand', async () => {
  const within = model('m')
    .latent('high', halfNormal(1))
    .observed('y', ({ high }) => uniform(0, high))
  expect(await within.logJoint({ high: 1, y: 2 })).toBe(-Infinity)
  const chosen = model('m')
    .latent('n', discreteUniform(1, 3))
    .observed('k', ({ n }) => binomial(n as never, { probs: 0.5 }))
  expect(await chosen.logJoint({ n: 2, k: 3 })).toBe(-Infinity)
  expect(await chosen.logJoint({ n: 3, k: 3 })).toBeCloseTo(Math.log(1 / 3 / 8), 10)
  expect(await single(uniform([0, 0], [1, 3])).logJoint({ y: [0.5, 2] })).toBeCloseTo(-Math.log(3), 6)
})

test('what is missing is in every support', async () => {
  expect(await many(exponential(1)).logJoint({ y: [1, null] } as never)).toBeCloseTo(-1, 10)
})

describe('an intervention', () => {
  const scalar = model('m').latent('mu', normal(0, 1)).observed('x', ({ mu }) => normal(mu, 1)) // prettier-ignore
  const choice = model('m')
    .latent('c', categorical({ probs: [0.5, 0.5] }))
    .observed('x', ({ c }) => normal(gather(constant([0, 100]), c), 1))

  test('sets a site to what is of its shape, its type and in its support', async () => {
    await expect(scalar.intervene({ mu: [1, 2, 3] }).sample({ seed: 0 })).rejects.toThrow(
      'model "m": sample: site "mu": data have shape [3], expected []',
    )
    await expect(choice.intervene({ c: 0.6 }).sample({ seed: 0 })).rejects.toThrow(
      'site "c": data must be whole numbers, got 0.6',
    )
    await expect(choice.intervene({ c: 7 }).logJoint({ x: 1 })).rejects.toThrow(
      'site "c": 7 is outside the support of its categorical distribution',
    )
    expect((await choice.intervene({ c: 1 }).sample({ seed: 0 })).x.data[0]).toBeGreaterThan(50)
  })

  test('cuts what the site read, and leaves inputs that only it read', async () => {
    const driven = model('m')
      .input('u')
      .latent('z', ({ u }) => logNormal(u, 1))
      .observed('x', ({ z }) => normal(mul(2, z), 1))
    const set = driven.intervene({ z: 3 })
    expect(set.graph().edges).toEqual([{ from: 'z', to: 'x', isFromStepBefore: false }])
    expect(await set.logJoint({ u: 1, x: 6 })).toBeCloseTo(-0.5 * Math.log(2 * Math.PI), 10)
  })

  test('sets the latent of a chain in each step', async () => {
    const chain = model('m').markov('t', 3, (step) =>
      step.latent('z', normal(0, 1), (_, { z }) => normal(z, 1)).observed('x', ({ z }) => normal(z, 0.001)),
    )
    const { x } = await chain.intervene({ z: [1, 2, 3] }).sample({ seed: 0 })
    expect([...x.data].map(Math.round)).toEqual([1, 2, 3])
    await expect(chain.intervene({ z: [1, 2] }).sample({ seed: 0 })).rejects.toThrow('plate "t" has size 3')
  })
})
