import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { div, exp, gather, mul, sqrt } from '@variate/core/ops'
import {
  bernoulli,
  categorical,
  gamma,
  halfCauchy,
  multivariateNormal,
  normal,
  poisson,
  wishart,
} from '@variate/distributions'
import { coordinateAscent } from '@variate/inference'
import { model } from '@variate/language'
import { checkLeaks } from './leaks.ts'

checkLeaks()

const mixture = model('mixture')
  .plate('component', 2, (k) => k.latent('mu', normal(0, 3)))
  .plate('point', 'n', (i) =>
    i.latent('c', categorical({ probs: [0.4, 0.6] })).observed('x', ({ mu, c }) => normal(gather(mu, c), 1)),
  )
const x = [-3.1, -2.6, 2.2]

test.each([
  [{ restarts: 0 }, 'restarts must be a whole number ≥ 1, got 0'],
  [{ maxIterations: 0 }, 'maxIterations must be a whole number ≥ 1, got 0'],
  [{ tolerance: -1 }, 'tolerance must be ≥ 0, got -1'],
  [{ tolerance: NaN }, 'tolerance must be ≥ 0, got NaN'],
  [{ init: { d: [1] } }, 'init: "d" is no latent that is to be inferred'],
  [{ init: { x: [1] } }, 'init: "x" is no latent that is to be inferred'],
  [
    { init: { c: [0, 1, 1] } },
    'init: site "c" (plate "point"): got shape [3], expected [3,2]: a probability for each value',
  ],
  [
    {
      init: {
        c: [
          [1, 0],
          [0.5, 0.6],
          [0, 1],
        ],
      },
    },
    'probabilities must be ≥ 0 and sum to 1, got 0.5, 0.6 at [1]',
  ],
  [{ init: { mu: [0, NaN] } }, 'NaN at [1]'],
  [{ init: { mu: [0, Infinity] } }, 'the value at [1] is outside of its support'],
])('options %o are refused', async (options, message) => {
  await expect(coordinateAscent(mixture).fit({ x }, options as never)).rejects.toThrow(message)
})

test('data are checked before anything is computed', async () => {
  const who = 'model "mixture": coordinateAscent'
  await expect(coordinateAscent(mixture).fit({} as never)).rejects.toThrow(
    `${who}: site "x" (plate "point") must be given`,
  )
  await expect(coordinateAscent(mixture).fit({ x: [1, NaN] })).rejects.toThrow('NaN at [1]')
  await expect(coordinateAscent(mixture).fit({ x: [[1, 2]] } as never)).rejects.toThrow('shape')
  await expect(coordinateAscent(mixture).fit({ x, mu: [0, 1] } as never)).rejects.toThrow('condition on it')
  const all = model('m').observed('x', normal(0, 1))
  await expect(coordinateAscent(all).fit({ x: 1 })).rejects.toThrow('there is no latent to infer')
})

test('a term that is not conjugate is refused, with both sites and what to do instead', async () => {
  const logistic = model('logistic')
    .latent('w', normal(0, 1))
    .plate('i', 'n', (i) => i.observed('y', ({ w }) => bernoulli({ logits: w })))
  await expect(coordinateAscent(logistic).fit({ y: [0, 1] })).rejects.toThrow(
    'site "y" (plate "i") is not conjugate in "w": its log density, as a function of "w", is not linear in the statistics of a ' +
      'distribution of the family normal: use bbvi',
  )
  const heavy = model('heavy')
    .latent('tau', halfCauchy(1))
    .plate('i', 'n', (i) => i.observed('y', ({ tau }) => normal(0, div(1, sqrt(tau)))))
  await expect(coordinateAscent(heavy).fit({ y: [0, 1] })).rejects.toThrow(
    /site "tau".* is not conjugate in "tau"/,
  )
  const rates = model('rates')
    .latent('a', normal(0, 1))
    .latent('r', gamma(1, 1))
    .plate('i', 'n', (i) => i.observed('y', ({ a, r }) => poisson(mul(r, exp(a)))))
  await expect(coordinateAscent(rates).fit({ y: [0, 1] })).rejects.toThrow(
    'site "y" (plate "i") is not conjugate in "a"',
  )
})

test('latents of no family are refused', async () => {
  const count = model('count')
    .latent('k', poisson(3))
    .observed('y', ({ k }) => normal(k, 1))
  await expect(coordinateAscent(count).fit({ y: 1 })).rejects.toThrow(
    'coordinateAscent: site "k": a poisson has no finite list of values to sum over: use bbvi, or condition on it',
  )
})

test('blocks of what cannot be kept together are refused', async () => {
  const pair = model('pair')
    .latent('a', normal(0, 1))
    .latent('tau', gamma(1, 1))
    .latent('rho', gamma(1, 1))
    .observed('y', ({ a, tau }) => normal(a, div(1, sqrt(tau))))
    .observed('z', ({ rho }) => poisson(rho))
  const fit = (blocks: readonly (readonly ('a' | 'tau' | 'rho')[])[]) =>
    coordinateAscent(pair, { blocks }).fit({ y: 1, z: 2 })
  await expect(fit([['a', 'tau']])).rejects.toThrow(
    'blocks: site "a" is not conjugate in "a" and "tau" together',
  )
  await expect(fit([['tau', 'rho']])).rejects.toThrow('blocks: "tau" and "rho" cannot be kept together')
  await expect(fit([['a'], ['a', 'tau']])).rejects.toThrow('blocks: "a" is in two of them')
  await expect(fit([['y' as 'a']])).rejects.toThrow('blocks: site "y" is no continuous latent')
  const shared = model('shared')
    .latent(
      'precision',
      wishart(3, {
        scale: [
          [1, 0],
          [0, 1],
        ],
      }),
    )
    .plate('k', 2, (k) =>
      k
        .latent('mu', ({ precision }) => multivariateNormal([0, 0], { precision }))
        .observed('x', ({ mu }) =>
          multivariateNormal(mu, {
            covariance: [
              [1, 0],
              [0, 1],
            ],
          }),
        ),
    )
  const rows = {
    x: [
      [0, 1],
      [1, 2],
    ],
  }
  await expect(coordinateAscent(shared, { blocks: [['mu', 'precision']] }).fit(rows)).rejects.toThrow(
    'cannot be kept together: site "precision" must be a matrix for each vector',
  )
  expect((await coordinateAscent(shared).fit(rows)).posterior.factors.mu.family).toBe('multivariateNormal')
})

test('what is too large is refused, with the numbers', async () => {
  await expect(coordinateAscent(mixture, { limit: 10 }).fit({ x })).rejects.toThrow(
    'depends on so many latents together that it would be computed 18 times, more than the limit of 10',
  )
})

test('data that cannot be are told of', async () => {
  const impossible = model('impossible')
    .latent('c', bernoulli({ probs: 0.5 }))
    .observed('y', ({ c }) => bernoulli({ probs: mul(0, c) }))
  await expect(coordinateAscent(impossible).fit({ y: 1 })).rejects.toThrow(
    '"c" has no distribution at the start',
  )
})
