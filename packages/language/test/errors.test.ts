import '@tensorflow/tfjs-backend-cpu'
import { dot, type Tensor1D } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { DomainError, ShapeError } from '@variate/core'
import { gather, log, mul, neg } from '@variate/core/ops'
import { bernoulli, multivariateNormal, normal, poisson } from '@variate/distributions'
import { dense, mlp, model, real, simplex, type Model } from '@variate/language'
import { checkLeaks } from './leaks.ts'

checkLeaks()

const schools = model('schools')
  .latent('mu', normal(0, 5))
  .latent('tau', normal(0, 1))
  .plate('school', 3, (school) =>
    school
      .input('sigma')
      .latent('theta', ({ mu, tau }) => normal(mu, tau))
      .observed('y', ({ theta, sigma }) => normal(theta, sigma)),
  )
const good = { mu: 0, tau: 1, theta: [1, 2, 3], sigma: [1, 1, 1], y: [1, 2, 3] }
const counts = model('counts')
  .plate('group', 2, (group) => group.param('rate', real()))
  .plate('point', 'n', (i) =>
    i.input('group').observed('x', ({ rate, group }) => poisson(gather(rate, group))),
  )
const points = model('points').plate(
  'point',
  'n',
  (i) =>
  i.observed('x', multivariateNormal([0, 0], { scaleTril: [[1, 0], [0, 1]] })), // prettier-ignore
)

type Case = readonly [what: string, of: unknown, values: object, message: string]

const BAD: readonly Case[] = [
  ['a plate of another size than its data', schools, { ...good, y: [1, 2] }, 'site "y" (plate "school"): data have shape [2], with 2 along axis 0, and plate "school" has size 3, as declared'],
  ['a number where a plate is', schools, { ...good, sigma: 1 }, 'site "sigma" (plate "school"): data have shape [], expected an axis for each plate: school'],
  ['one axis too many', schools, { ...good, theta: [[1], [2], [3]] }, 'site "theta" (plate "school"): for each element data have shape [1], expected []: put the first axis in a plate'],
  ['text', schools, { ...good, y: [1, 'two', 3] }, 'site "y" (plate "school"): data must be numbers, got "two" at [1]'],
  ['a date', schools, { ...good, mu: new Date(0) }, 'a date'],
  ['a record', schools, { ...good, mu: {} }, 'site "mu": data must be numbers, got'],
  ['NaN', schools, { ...good, y: [1, NaN, 3] }, 'site "y" (plate "school"): data are NaN at [1]: write null for what is missing'],
  ['rows of different length', points, { x: [[1, 2], [3]] }, 'data are ragged'],
  ['a name that is misspelt', schools, { ...good, thet: [1, 2, 3] }, '"thet" is given, which is not declared: did you mean "theta"?'],
  ['a site that is not given', schools, { ...good, tau: undefined }, 'site "tau" must be given: it is latent'],
  ['an input that is not given', schools, { ...good, sigma: undefined }, 'site "sigma" (plate "school") must be given: it is an input'],
  ['a parameter that a distribution refuses', schools, { ...good, tau: -1 }, 'site "theta" (plate "school"): normal: scale must be > 0, got -1'],
  ['a latent that is missing', schools, { ...good, theta: [1, null, 3] }, 'the value at [1] is missing: only observations may be'],
  ['fractions of what is whole', counts, { rate: [1, 2], group: [0, 1], x: [1.5, 2] }, 'site "x" (plate "point"): data must be whole numbers, got 1.5 at [0]'],
  ['an index out of range', counts, { rate: [1, 2], group: [0, 2], x: [1, 2] }, 'site "x" (plate "point"): gather: indices must be 0 … 1 on axis 0 of length 2, got 2'],
  ['data that contradict each other about a size', counts, { rate: [1, 2], group: [0, 1, 1], x: [1, 2] }, 'plate "point" has size 3, as the data of "group" have it'],
  ['no data at all', points, { x: [] }, 'data are empty'],
  ['half an event that is missing', points, { x: [[1, null], [1, 2]] }, 'an event is missing as a whole'],
  ['events of another length', points, { x: [[1, 2, 3]] }, 'for each element data have shape [3], expected [2]'],
] // prettier-ignore

test.each(BAD)('%s: the error says where, and what', async (_, of, values, message) => {
  await expect((of as Model).logJoint(values as never)).rejects.toThrow(message)
})

const LATE: readonly (readonly [what: string, of: () => unknown, message: string])[] = [
  ['a plate of size 0', () => model('m').plate('p', 0, (p) => p), 'the size of plate "p" must be a whole number ≥ 1'],
  ['a plate of half an element', () => model('m').plate('p', 0.5, (p) => p), 'must be a whole number ≥ 1'],
  ['a plate that has two sizes', () => model('m').plate('p', 2, (p) => p).plate('p', 3, (p) => p), 'plate "p" has size 2 where it was first opened, and now 3'],
  ['a plate within itself', () => model('m').plate('p', 2, (p) => p.plate('p', 2, (q) => q)), 'plate "p" is within itself'],
  ['a chain that is opened again', () => model('m').markov('t', 2, (t) => t).markov('t', 2, (t) => t), 'chain "t" is already declared'],
  ['a network in a plate', () => model('m').plate('p', 2, (p) => p.network('f', dense(1, 1))), 'declare it outside'],
  ['a site twice', () => (model('m').latent('a', normal(0, 1)) as never as { latent(name: string, of: unknown): unknown }).latent('a', normal(0, 1)), 'site "a" is already declared'],
  ['a function of a plate that forgets to return', () => model('m').plate('p', 2, (() => undefined) as never), 'must return what it was given'],
  ['a simplex of no category', () => simplex(0), 'simplex: each length must be a whole number ≥ 1'],
  ['a network of one width', () => mlp([3]), 'at least two widths'],
  ['a layer of half an output', () => dense(2, 0.5), 'dense: outputs must be a whole number ≥ 1, got 0.5'],
] // prettier-ignore

test.each(LATE)('%s is refused where it is declared', (_, of, message) => {
  expect(of).toThrow(message)
})

test('a factor that is no number, and a distribution of another shape than the data', async () => {
  const factor = model('m')
    .latent('z', normal([0, 0], 1))
    .factor('f', ({ z }) => mul(z, 2))
  await expect(factor.logJoint({ z: [1, 2] })).rejects.toThrow(ShapeError)
  await expect(factor.logJoint({ z: [1, 2] })).rejects.toThrow(
    'site "f": a factor is one number for each element, got shape [2]',
  )
  const pixels = model('m')
    .network('decoder', mlp([2, 3]))
    .plate('image', 'n', (i) =>
      i.latent('z', normal([0, 0], 1)).observed('x', ({ z, decoder }) => bernoulli({ logits: decoder(z) })),
    )
  const given = {
    z: [[1, 2]],
    x: [[0, 1]],
    decoder: mlp([2, 3]).init((await import('@variate/core')).key(0)),
  }
  await expect(pixels.logJoint(given)).rejects.toThrow(
    'site "x" (plate "image"): bernoulli logits have shape [3], data have shape [2]; the last layer of network "decoder" gives 3',
  )
})

test('what is NaN is told with its element, and what has no sum with both its terms', async () => {
  const logs = model('m').plate('i', 'n', (i) =>
    i.latent('a', normal(0, 1)).observed('y', ({ a }) => normal(log(a), 1)),
  )
  await expect(logs.logJoint({ a: [1, -1], y: [1, 1] })).rejects.toThrow(
    /site "y" \(plate "i"\): normal: loc must be .* got NaN, in the element at \[1\]/,
  )
  const both = model('m')
    .input('w')
    .factor('f', ({ w }) => log(w))
    .plate('i', 2, (i) => i.factor('g', ({ w }) => neg(log(w))))
  await expect(both.logJoint({ w: 0 })).rejects.toThrow(
    'model "m": logJoint: the log probability of site "g" (plate "i") is Infinity at [0], and that of site "f" is -Infinity: they have no sum',
  )
})

test('errors of other libraries tell the site, and what a graph lacks', () => {
  const vectors = model('m').plate('i', 'n', (i) =>
    i.input('x').observed('y', ({ x }) => normal(dot(x as Tensor1D, x as Tensor1D), 1)),
  )
  expect(() => vectors.graph()).toThrow(
    /^model "m": graph: inputs that are not given are taken for numbers: pass given: \{ x \} if they are not \(site "y" \(plate "i"\): Error in dot/,
  )
  expect(() => vectors.describe()).toThrow('pass given: { x }')
  expect(vectors.graph({ given: { x: [[1, 2], [3, 4]] } }).edges).toHaveLength(1) // prettier-ignore
})

test('an input that nothing reads, and what is missing where a deterministic site depends on it', async () => {
  const unused = model('m').input('w').latent('z', normal(0, 1))
  await expect(unused.logJoint({ w: 1, z: 0 })).rejects.toThrow('site "w" is an input that no site reads')
  const read = model('m')
    .plate('p', 2, (p) => p.observed('x', normal(0, 1)).deterministic('twice', ({ x }) => mul(2, x)))
    .plate('p', 2, (p) => p.observed('y', ({ twice }) => normal(twice, 1)))
  await expect(read.logJoint({ x: [1, null], y: [1, 2] })).rejects.toThrow(
    'the value at [1] is missing, and site "twice" (plate "p") depends on it',
  )
})

test('a size that nothing settles, a count of draws that is none, and no seed', async () => {
  await expect(points.sample({ seed: 0 })).rejects.toThrow(
    'plate "point" has size "n", which no data settle: pass sizes: { n: … }',
  )
  await expect(points.sample({ seed: 0, sizes: { n: 2 }, count: 0 })).rejects.toThrow(
    'count must be a whole number ≥ 1, got 0',
  )
  await expect(points.sample({ seed: 0, sizes: { m: 2 } })).rejects.toThrow('has no plate of size "m"')
  await expect(points.sample({ sizes: { n: 2 } } as never)).rejects.toThrow(DomainError)
})

test('a site that reads what is not declared before it says so, where types were not asked', async () => {
  const wrong = model('m')
    .latent('theta', normal(0, 1))
    .observed('x', ((seen: { tetha: never }) => normal(seen.tetha, 1)) as never)
  await expect(wrong.logJoint({ theta: 1, x: 1 })).rejects.toThrow(
    'site "x" reads "tetha", which is not declared before it: did you mean "theta"?',
  )
})
