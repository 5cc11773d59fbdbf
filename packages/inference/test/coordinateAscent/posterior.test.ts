import '@tensorflow/tfjs-backend-cpu'
import { expect, expectTypeOf, test } from 'vitest'
import type { NdArray } from '@variate/core'
import { div, gather, mul, sqrt } from '@variate/core/ops'
import {
  bernoulli,
  beta,
  binomial,
  categorical,
  dirichlet,
  gamma,
  inverseGamma,
  inverseWishart,
  logNormal,
  multivariateNormal,
  normal,
  poisson,
  wishart,
  type Capabilities,
} from '@variate/distributions'
import { coordinateAscent, type FactorOfSite } from '@variate/inference'
import { model } from '@variate/language'
import { checkLeaks } from './leaks.ts'

checkLeaks()

const identity = [
  [1, 0],
  [0, 1],
]

/** A latent of each kind, in a plate, that data say something of. */
const all = model('all').plate('k', 2, (k) =>
  k
    .latent('number', normal(0, 1))
    .latent('vector', normal([0, 1], 2))
    .latent('rates', gamma([2, 3], 1.5))
    .latent('chances', beta([2, 3], 1.5))
    .latent('level', logNormal(0, 0.5))
    .latent('simplex', dirichlet([2, 3, 1]))
    .latent('c', bernoulli({ probs: 0.3 }))
    .latent('precision', gamma(9, 4))
    .latent('a', ({ precision }) => normal([0, 1], div(1, sqrt(precision))))
    .latent('variance', inverseGamma(9, 4))
    .latent('b', ({ variance }) => normal(0, sqrt(variance)))
    .latent('precisions', wishart(9, { scale: identity }))
    .latent('d', ({ precisions }) => multivariateNormal([0, 1], { precision: mul(2, precisions) }))
    .latent('covariance', inverseWishart(9, { scale: identity }))
    .latent('e', ({ covariance }) => multivariateNormal([0, 1], { covariance }))
    .observed('y', ({ number }) => normal(number, 1)),
)

const families = {
  number: ['normal', 'normal'],
  vector: ['multivariateNormal', 'multivariateNormal'],
  rates: ['gamma', 'gamma'],
  chances: ['beta', 'beta'],
  level: ['logNormal', 'logNormal'],
  simplex: ['dirichlet', 'dirichlet'],
  c: ['categorical', 'categorical'],
  precision: ['normalGamma', 'gamma'],
  a: ['normalGamma', 'multivariateStudentT'],
  variance: ['normalInverseGamma', 'inverseGamma'],
  b: ['normalInverseGamma', 'studentT'],
  precisions: ['normalWishart', 'wishart'],
  d: ['normalWishart', 'multivariateStudentT'],
  covariance: ['normalInverseWishart', 'inverseWishart'],
  e: ['normalInverseWishart', 'multivariateStudentT'],
} as const

test('each latent has its factor, whose distribution has the moments of q, and so have draws', async () => {
  const { posterior } = await coordinateAscent(all).fit({ y: [0.3, 1.2] })
  const draws: Readonly<Record<string, NdArray>> = await posterior.sample(20_000, { seed: 0 })
  for (const [name, [family, marginal]] of Object.entries(families)) {
    const factor: FactorOfSite = (posterior.factors as Readonly<Record<string, FactorOfSite>>)[name]!
    expect([factor.family, factor.distribution.name]).toEqual([family, marginal])
    if (name === 'c') continue
    const of = factor.distribution as FactorOfSite['distribution'] & Pick<Capabilities, 'mean' | 'variance'>
    for (const what of ['mean', 'variance'] as const) {
      const tensor = of[what]()
      const { data, shape } = (posterior[what] as Readonly<Record<string, NdArray>>)[name]!
      expect(tensor.shape).toEqual(shape)
      for (const [i, x] of tensor.dataSync().entries())
        expect(data[i]! / (x || 1)).toBeCloseTo(x === 0 ? 0 : 1, 4)
      tensor.dispose()
    }
    const { data, shape } = draws[name]!
    const [mean, variance] = [posterior.mean, posterior.variance].map(
      (one) => (one as Readonly<Record<string, NdArray>>)[name]!.data,
    ) as [Float64Array, Float64Array]
    expect(shape[0]).toBe(20_000)
    for (let i = 0; i < mean.length; i++) {
      let total = 0
      for (let at = i; at < data.length; at += mean.length) total += data[at]!
      expect(Math.abs(total / 20_000 - mean[i]!)).toBeLessThan(5 * Math.sqrt(variance[i]! / 20_000))
    }
  }
})

const mixture = model('mixture')
  .latent('weights', dirichlet([1, 1]))
  .plate('component', 2, (k) => k.latent('rate', gamma(1, 1)))
  .plate('i', 'n', (i) =>
    i
      .latent('c', ({ weights }) => categorical({ probs: weights }))
      .observed('x', ({ rate, c }) => poisson(gather(rate, c))),
  )

test('results and options are typed by the latents', async () => {
  const fit = await coordinateAscent(mixture).fit({ x: [1, 2, 9] }, { init: { rate: [1, 8] } })
  expectTypeOf(fit.posterior.probabilities).toEqualTypeOf<Readonly<Record<'c', NdArray<Float64Array>>>>()
  expectTypeOf(fit.posterior.mean).toEqualTypeOf<
    Readonly<Record<'weights' | 'rate', NdArray<Float64Array>>>
  >()
  expectTypeOf(fit.posterior.factors).toEqualTypeOf<
    Readonly<Record<'weights' | 'rate' | 'c', FactorOfSite>>
  >()
  // @ts-expect-error "x" is no latent
  expect(() => fit.posterior.mean.x.at()).toThrow('undefined')
  // @ts-expect-error "c" is discrete, and kept with nothing
  await expect(coordinateAscent(mixture, { blocks: [['c']] }).fit({ x: [1] })).rejects.toThrow(
    'blocks: site "c"',
  )
  // @ts-expect-error Property 'x' is missing
  await expect(coordinateAscent(mixture).fit({})).rejects.toThrow('must be given')
  // @ts-expect-error "d" is no latent
  await expect(coordinateAscent(mixture).fit({ x: [1] }, { init: { d: 1 } })).rejects.toThrow('init: "d"')
})

test('two latents of which neither is conjugate to the other are refused', async () => {
  const two = model('two')
    .latent('p', beta(1, 1))
    .latent('r', gamma(1, 1))
    .observed('x', ({ p, r }) => binomial(5, { probs: div(p, r) }))
  await expect(coordinateAscent(two).fit({ x: 2 })).rejects.toThrow(/site "x" is not conjugate in "(p|r)"/)
})
