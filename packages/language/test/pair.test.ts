import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import {
  bernoulli,
  beta,
  categorical,
  dirichlet,
  exponential,
  halfCauchy,
  halfNormal,
  lkjCholesky,
  logNormal,
  multivariateNormal,
  normal,
  poisson,
  uniform,
  type Distribution,
} from '@variate/distributions'
import { guide, mlp, model, positive, type Guide, type Model } from '@variate/language'
import { pair } from '@variate/language/internal'
import { checkLeaks } from './leaks.ts'

checkLeaks()

type AnyGuide = Pick<Guide, 'program'>
const paired = (of: Pick<Model, 'program'>, own: AnyGuide, data: object): ReturnType<typeof pair> =>
  pair(of.program, own.program, data as never, { who: 'elbo' })

const schools = model('schools')
  .latent('mu', normal(0, 5))
  .latent('tau', halfCauchy(5))
  .plate('school', 'n', (school) =>
    school
      .input('sigma')
      .latent('theta', ({ mu, tau }) => normal(mu, tau))
      .observed('y', ({ theta, sigma }) => normal(theta, sigma)),
  )
const data = { y: [2, 4, 9], sigma: [1, 2, 3] }
const outer = guide(schools).latent('mu', normal(0, 1)).latent('tau', logNormal(0, 1))
const good = outer
  .param('width', positive())
  .plate('school', 'n', (s) => s.latent('theta', ({ y, width }) => normal(y, width)))

test('a guide that fits is bound with the sizes that the data of the model settle', () => {
  const { model: of, guide: own } = paired(schools, good, data)
  expect(of.sizes.get('school')).toBe(3)
  expect(own.sizes.get('school')).toBe(3)
  expect(own.specs['theta']).toEqual({ shape: [3], dtype: 'float32' })
  expect(Object.keys(own.values).toSorted()).toEqual(['sigma', 'y'])
  const withoutData = outer.plate('school', 'n', (s) => s.latent('theta', normal(0, 1)))
  expect(paired(schools, withoutData, data).guide.specs['theta']!.shape).toEqual([3])
})

test('values of parameters are for the one that has them, and a name that neither has is refused', () => {
  expect(paired(schools, good, { ...data, width: 2 }).guide.values['width']).toBeDefined()
  expect(() => paired(schools, good, { ...data, widht: 2 })).toThrow(
    '"widht" is given, which is not declared',
  )
  expect(() => paired(schools, good, { ...data, mu: 2 })).toThrow(
    '"mu" is given, which the guide is over: condition the model on it',
  )
})

test('a guide stays a guide of the model with its observations fixed, and sees those', () => {
  const fixed = schools.condition({ y: [1, 2] })
  const { guide: own } = paired(fixed, good, { sigma: [1, 1] })
  expect(own.values['y']).toMatchObject({ shape: [2] })
  const ofFixed = guide(fixed)
    .latent('mu', normal(0, 1))
    .latent('tau', logNormal(0, 1))
    .plate('school', 'n', (s) => s.latent('theta', ({ y }) => normal(y, 1)))
  expect(paired(fixed, ofFixed, { sigma: [1, 1] }).guide.values['y']).toMatchObject({ shape: [2] })
  expect(paired(schools, ofFixed, data).guide.values['y']).toMatchObject({ shape: [3] })
})

test('a plate that the guide does not use need not be in the other version of the model', () => {
  const two = schools.plate('extra', 'k', (k) => k.observed('e', normal(0, 1)))
  const ofTwo = guide(schools)
    .latent('mu', normal(0, 1))
    .latent('tau', logNormal(0, 1))
    .plate('school', 'n', (s) => s.latent('theta', ({ y }) => normal(y, 1)))
  expect(paired(two, ofTwo, { ...data, e: [1, 2] }).guide.sizes.get('extra')).toBe(2)
  const wide = guide(schools.plate('extra', 'k', (k) => k.param('w', positive())))
    .latent('mu', normal(0, 1))
    .latent('tau', logNormal(0, 1))
    .plate('school', 'n', (s) => s.latent('theta', ({ y }) => normal(y, 1)))
  expect([...paired(schools, wide, data).guide.sizes.keys()]).toEqual(['school'])
})

test('data may be missing where the guide does not read them', () => {
  const some = { ...data, y: [1, null, 2] }
  const local = outer.plate('school', 'n', (s) => s.latent('theta', ({ sigma }) => normal(0, sigma)))
  expect(Object.keys(paired(schools, local, some).model.present)).toEqual(['y'])
  expect(() => paired(schools, good, some)).toThrow(
    'elbo: guide of model "schools": site "y" (plate "school"): the value at [1] is missing, and site "theta" (plate "school") depends on it',
  )
})

const renamed = model('renamed').latent('mu', normal(0, 5)).latent('tau', halfCauchy(5))
const other = model('other')
  .latent('mu', normal(0, 5))
  .latent('tau', halfCauchy(5))
  .plate('school', 8, (s) => s.latent('theta', normal(0, 1)).observed('y', ({ theta }) => normal(theta, 1)))
const flat = model('flat')
  .latent('mu', normal(0, 5))
  .latent('tau', halfCauchy(5))
  .latent('theta', normal([0, 0, 0], 1))
  .plate('school', 'n', (s) => s.input('sigma').observed('y', ({ sigma }) => normal(0, sigma)))
const hidden = model('hidden')
  .latent('mu', normal(0, 5))
  .latent('tau', halfCauchy(5))
  .plate('school', 'n', (s) =>
    s
      .input('sigma')
      .latent('theta', normal(0, 1))
      .latent('y', ({ theta, sigma }) => normal(theta, sigma)),
  )
const named = model('named')
  .latent('mu', normal(0, 5))
  .latent('tau', halfCauchy(5))
  .param('width', positive())
  .plate('school', 'n', (s) =>
    s
      .input('sigma')
      .latent('theta', ({ sigma, width }) => normal(width, sigma))
      .observed('y', ({ theta }) => normal(theta, 1)),
  )

type Case = readonly [what: string, of: () => unknown, message: string]
const BAD: readonly Case[] = [
  ['a model for a guide', () => paired(schools, schools, data), 'elbo: "schools" is no guide: make it by guide(model)'],
  ['a latent that the guide has not', () => paired(schools, outer, data), `elbo: the guide has no site "theta" (plate "school"), which is latent in model "schools": add .latent('theta', …) to the guide in plate "school"`],
  ['a latent that is conditioned on', () => paired(schools.condition({ tau: 1 }), good, data), 'elbo: the guide has site "tau", which is no latent but observed in model "schools": leave it out of the guide'],
  ['a latent that is set', () => paired(schools.intervene({ tau: 1 }), good, data), 'which is no latent but input'],
  ['a latent that the model has not', () => paired(renamed, good, {}), 'elbo: the guide has site "theta" (plate "school"), and "theta" is not a latent of model "renamed": there are "mu", "tau"'],
  ['a latent in another plate', () => paired(flat, good, data), 'elbo: latent "theta" is in plate "school" in the guide, expected in no plate, as in the model'],
  ['a plate of another size', () => paired(other, good, { y: [1, 2, 3, 4, 5, 6, 7, 8] }), 'whose plate "school" has size n; model "other" has size 8: make the guide of this model'],
  ['what the guide sees is latent', () => paired(hidden, good, { sigma: [1, 1] }), 'the guide has no site "y"'],
  ['a parameter that both have', () => paired(named, good, data), 'elbo: "width" is declared by the guide and by model "named"'],
  ['data that are not given', () => paired(schools, good, { y: [1, 2] }), 'elbo: site "sigma" (plate "school") must be given'],
] // prettier-ignore

test.each(BAD)('%s is refused', (_, of, message) => {
  expect(of).toThrow(message)
})

test('what the guide sees must be known in the model', () => {
  const seen = model('seen').input('a').latent('z', normal(0, 1)).observed('x', ({ z, a }) => normal(z, a)) // prettier-ignore
  const own = guide(seen).latent('z', ({ x }) => normal(x, 1))
  const without = model('without')
    .latent('z', normal(0, 1))
    .observed('x', ({ z }) => normal(z, 1))
  expect(() => paired(without, own, { x: 1 })).toThrow(
    'the guide was made for model "seen", in which site "a" is known; in model "without" there is none',
  )
})

/** A model of one latent of this distribution, in a plate, with a guide of that one. */
function one(p: Distribution, q: Distribution): () => unknown {
  const of = model('one').plate('p', 2, (i) => i.latent('z', p))
  const own = guide(of).plate('p', 2, (i) => i.latent('z', q))
  return () => paired(of, own, {})
}

const corner = { scaleTril: [[1, 0], [0, 1]] } // prettier-ignore

const UNFIT: readonly (readonly [string, Distribution, Distribution, string])[] = [
  ['normal for positive', halfCauchy(1), normal(0, 1), 'elbo: site "z" (plate "p"): the guide (normal) gives values such as -10, which must be ≥ 0 in the model (halfCauchy): take a distribution whose support is'],
  ['normal for probabilities', beta(1, 1), normal(0, 1), 'the guide (normal) gives values such as -10'],
  ['positive for probabilities', beta(1, 1), logNormal(0, 1), 'the guide (logNormal) gives values such as 1.5'],
  ['continuous for counts', poisson(1), exponential(1), 'the guide has exponential, continuous, and the model poisson, discrete: take a discrete distribution in the guide'],
  ['counts for a number', normal(0, 1), poisson(1), 'take a continuous distribution in the guide'],
  ['counts for categories', categorical({ probs: [0.5, 0.5] }), poisson(1), 'the guide (poisson) gives values such as 2'],
  ['more categories', categorical({ probs: [0.5, 0.5] }), categorical({ probs: [0.2, 0.3, 0.5] }), 'gives values such as 2'],
  ['a vector for a number', normal(0, 1), normal([0, 0], 1), 'elbo: site "z" (plate "p"): each element has shape [2] in the guide (normal), expected [] as in the model (normal): give it one number for each element'],
  ['a number for a vector', multivariateNormal([0, 0], corner), normal(0, 1), 'each element has shape [] in the guide (normal), expected [2] as in the model (multivariateNormal): give its parameters shape [2]'],
  ['numbers for probabilities that sum to 1', dirichlet([1, 1]), normal([0, 0], 1), 'which must be'],
  ['numbers for a Cholesky factor', lkjCholesky(2, 1), normal([[0, 0], [0, 0]], 1), 'the guide (normal) gives values such as'],
  ['a wider interval', uniform(0, 1), uniform(-1, 1), 'gives values such as -1'],
] // prettier-ignore

test.each(UNFIT)('%s is refused', (_, p, q, message) => {
  expect(one(p, q)).toThrow(message)
})

const FIT: readonly (readonly [string, Distribution, Distribution])[] = [
  ['positive numbers by others', halfCauchy(1), logNormal(0, 1)],
  ['numbers by positive ones', normal(0, 1), halfNormal(1)],
  ['numbers within an interval', normal(0, 1), uniform(-1, 1)],
  ['a vector by independent numbers', multivariateNormal([0, 0], corner), normal([0, 0], 1)],
  ['independent numbers by a vector', normal([0, 0], 1), multivariateNormal([0, 0], corner)],
  ['counts by categories', poisson(1), categorical({ probs: [0.5, 0.5] })],
  ['probabilities that sum to 1', dirichlet([1, 1]), dirichlet([2, 3])],
  ['truth values by categories', bernoulli({ probs: 0.5 }), categorical({ probs: [0.5, 0.5] })],
  ['categories by truth values', categorical({ probs: [0.5, 0.5] }), bernoulli({ probs: 0.5 })],
  ['Cholesky factors', lkjCholesky(3, 1), lkjCholesky(3, 2)],
] // prettier-ignore

test.each(FIT)('%s are accepted', (_, p, q) => {
  expect(one(p, q)).not.toThrow()
})

test('networks and chains are paired by what one element and one step are', () => {
  const vae = model('vae')
    .network('decoder', mlp([2, 5, 6]))
    .plate('image', 'n', (i) =>
      i.latent('z', normal([0, 0], 1)).observed('x', ({ z, decoder }) => bernoulli({ logits: decoder(z) })),
    )
  const encoderOf = (width: number): AnyGuide =>
    guide(vae)
      .network('loc', mlp([6, width]))
      .plate('image', 'n', (i) => i.latent('z', ({ x, loc }) => normal(loc(x), 1)))
  const x = [[0, 1, 0, 1, 0, 1], [1, 0, 1, 0, 1, 0]] // prettier-ignore
  expect(paired(vae, encoderOf(2), { x }).guide.specs['z']!.shape).toEqual([2, 2])
  expect(() => paired(vae, encoderOf(3), { x })).toThrow(
    'site "z" (plate "image"): each element has shape [3] in the guide (normal), expected [2] as in the model (normal): ' +
      'give its parameters shape [2]',
  )
  const walk = model('walk').markov('time', 'T', (t) =>
    t.latent('z', normal(0, 1), (_, { z }) => normal(z, 1)).observed('y', ({ z }) => normal(z, 1)),
  )
  const own = (of: Distribution): AnyGuide =>
    guide(walk).markov('time', 'T', (t) => t.latent('z', of, () => of))
  expect(paired(walk, own(normal(0, 1)), { y: [1, 2, 3] }).guide.specs['z']!.shape).toEqual([3])
  expect(() => paired(walk, own(poisson(1)), { y: [1, 2, 3] })).toThrow(
    'site "z" (plate "time"): the guide has poisson, discrete, and the model normal, continuous',
  )
})

test('ends that are computed are not known: they are not refused', () => {
  const of = model('m')
    .latent('low', halfNormal(1))
    .latent('z', ({ low }) => uniform(low, 10))
  const own = guide(of)
    .latent('low', logNormal(0, 1))
    .latent('z', ({ low }) => uniform(low, 10))
  expect(() => paired(of, own, {})).not.toThrow()
  const beyond = guide(of).latent('low', logNormal(0, 1)).latent('z', normal(0, 1))
  expect(() => paired(of, beyond, {})).toThrow('gives values such as 100')
})
