import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { compile } from '@variate/compile'
import { key } from '@variate/core'
import { add, constant, gather, mean, mul, sub, sum } from '@variate/core/ops'
import { bernoulli, categorical, multivariateNormal, normal, poisson } from '@variate/distributions'
import { guide, model, positive, real, type Model } from '@variate/language'
import {
  bind,
  checkBatch,
  draws,
  logProbs,
  minibatch,
  pair,
  subsetsOf,
  type Minibatch,
  type Program,
  type SiteValues,
} from '@variate/language/internal'
import { checkLeaks } from './leaks.ts'

checkLeaks()

/** All subsets of so many of 0 … size − 1. */
function subsets(size: number, count: number, from = 0): number[][] {
  if (count === 0) return [[]]
  return Array.from({ length: size - from }, (_, i) => from + i).flatMap((first) =>
    subsets(size, count - 1, first + 1).map((rest) => [first, ...rest]),
  )
}

const corner = { scaleTril: [[1, 0], [0.5, 2]] } // prettier-ignore

const regression = model('regression')
  .latent('slope', normal(0, 1))
  .plate('point', 'n', (i) =>
    i
      .input('t')
      .param('noise', positive())
      .latent('shift', multivariateNormal([0, 1], corner))
      .observed('x', ({ t, slope, shift, noise }) => normal(add(mul(slope, t), sum(shift)), noise))
      .factor('penalty', ({ shift }) => mul(-0.1, sum(shift))),
  )
const ofRegression = {
  slope: 0.5,
  t: [1, 2, 3, 4],
  noise: [1, 0.5, 2, 1],
  shift: [[0, 1], [1, 1], [2, 0], [0, -1]], // prettier-ignore
  x: [1, null, 2, 4],
}

const nested = model('nested')
  .latent('mu', normal(0, 3))
  .plate('school', 'schools', (school) =>
    school
      .latent('level', ({ mu }) => normal(mu, 2))
      .plate('pupil', 'pupils', (pupil) => pupil.observed('score', ({ level }) => normal(level, 1))),
  )
const ofNested = {
  mu: 1,
  level: [0, 2, 4],
  score: [[1, 2, 3, 4], [0, -1, 2, 3], [5, 4, 3, 2]], // prettier-ignore
}

const crossed = model('crossed')
  .plate('student', 'students', (s) => s.latent('ability', normal(0, 1)))
  .plate('item', 'items', (i) => i.latent('difficulty', normal(0, 2)))
  .plate('student', 'students', (s) =>
    s.plate('item', 'items', (i) =>
      i
        .deterministic('logits', ({ ability, difficulty }) => sub(ability, difficulty))
        .observed('correct', ({ logits }) => bernoulli({ logits })),
    ),
  )
const ofCrossed = {
  ability: [0.5, -1, 2],
  difficulty: [1, 0],
  correct: [[1, 0], [0, null], [1, 1]], // prettier-ignore
}

const mixture = model('mixture')
  .plate('component', 2, (k) => k.latent('rate', normal(5, 1)))
  .plate('point', 'n', (i) =>
    i
      .latent('c', categorical({ probs: [0.3, 0.7] }))
      .observed('x', ({ rate, c }) => poisson(gather(rate, c))),
  )
const ofMixture = { rate: [4, 6], c: [0, 1, 1, 0, 1], x: [3, 8, 5, 4, 9] }

const series = model('series').plate('series', 'n', (s) =>
  s
    .latent('level', normal(0, 1))
    .markov('time', 'T', (step) =>
      step
        .latent('z', ({ level }) => normal(level, 1), (_, { z }) => normal(mul(0.9, z), 0.3))
        .observed('x', ({ z }) => normal(z, 0.5)),
    ),
) // prettier-ignore
const ofSeries = {
  level: [1, 2, 3],
  z: [[1, 1.5], [2, 2.2], [3, 2.9]], // prettier-ignore
  x: [[1, 1], [2, null], [3, 4]], // prettier-ignore
}

type Case = readonly [
  what: string,
  of: unknown,
  values: object,
  sizes: Readonly<Record<string, readonly [number, number]>>,
]

const CASES: readonly Case[] = [
  ['local latents of vectors, inputs, parameters, factors and missing values', regression, ofRegression, { point: [4, 2] }],
  ['the outer of two plates', nested, ofNested, { school: [3, 2] }],
  ['the inner of two plates', nested, ofNested, { pupil: [4, 3] }],
  ['both of two plates', nested, ofNested, { school: [3, 2], pupil: [4, 1] }],
  ['one of two plates that cross', crossed, ofCrossed, { student: [3, 1] }],
  ['the other of two plates that cross', crossed, ofCrossed, { item: [2, 1] }],
  ['a mixture', mixture, ofMixture, { point: [5, 2] }],
  ['a plate around a chain', series, ofSeries, { series: [3, 2] }],
  ['all elements', nested, ofNested, { school: [3, 3] }],
] // prettier-ignore

test.each(CASES)('%s: the mean over all subsets is the whole log joint', async (_, of, values, sizes) => {
  const declared = of as Model
  const whole = await declared.logJoint(values as never)
  let batches: Record<string, number[]>[] = [{}]
  for (const [plate, [size, count]] of Object.entries(sizes)) {
    batches = batches.flatMap((batch) => subsets(size, count).map((own) => ({ ...batch, [plate]: own })))
  }
  let total = 0
  for (const batch of batches) total += await declared.logJoint(values as never, { batch })
  expect(Math.abs(total / batches.length - whole)).toBeLessThan(1e-12 * Math.max(1, Math.abs(whole)))
})

test('a batch is what its formula says, in the order of its indices', async () => {
  const log = (x: number, loc: number, scale: number): number =>
    -0.5 * ((x - loc) / scale) ** 2 - Math.log(scale) - 0.5 * Math.log(2 * Math.PI)
  const batched = await nested.logJoint(ofNested, { batch: { school: [2], pupil: [3, 0] } })
  const inSchool = 3 * log(4, 1, 2)
  const inBoth = 3 * 2 * (log(2, 4, 1) + log(5, 4, 1))
  expect(batched).toBeCloseTo(log(1, 0, 3) + inSchool + inBoth, 11)
})

test('elements at random are a subset that the seed settles, and all of them the whole', async () => {
  const at = (options: object): Promise<number> => mixture.logJoint(ofMixture, options)
  const one = await at({ batch: { point: 2 }, seed: 3 })
  expect(await at({ batch: { point: 2 }, key: key(3) })).toBe(one)
  const all = await Promise.all(subsets(5, 2).map((point) => at({ batch: { point } })))
  expect(all.some((x) => Math.abs(x - one) < 1e-12)).toBe(true)
  expect(await at({ batch: { point: 5 }, seed: 0 })).toBeCloseTo(await at({}), 11)
})

test('each element of a plate is drawn as often as any other', () => {
  const counts = [0, 0, 0, 0, 0]
  for (let seed = 0; seed < 2000; seed++) {
    const { point } = subsetsOf({ point: 2 }, new Map([['point', 5]]), { seed }, 'who')
    for (const i of point!) counts[i]!++
  }
  // Of a binomial with 2000 trials of probability 2/5.
  for (const count of counts) expect(Math.abs(count - 800)).toBeLessThan(4.5 * Math.sqrt(480))
})

test('a guide is batched as a model is', async () => {
  const own = guide(mixture)
    .plate('component', 2, (k) => k.param('loc', real()).latent('rate', ({ loc }) => normal(loc, 1)))
    .plate('point', 'n', (i) =>
      i
        .param('logit', real())
        .latent('c', ({ x, logit }) => categorical({ logits: mul(mul(logit, x), constant([1, 0])) })),
    )
  const { x, c, rate } = ofMixture
  const values = { x, c, rate, loc: [5, 5], logit: [0.1, 0.2, 0.3, -0.1, 0] }
  const whole = await own.logJoint(values)
  const all = await Promise.all(subsets(5, 3).map((point) => own.logJoint(values, { batch: { point } })))
  expect(Math.abs(all.reduce((a, b) => a + b, 0) / all.length - whole)).toBeLessThan(1e-12 * Math.abs(whole))
  const reader = guide(mixture).plate('component', 2, (k) =>
    k.latent('rate', ({ x: seen }) => normal(mean(seen), 1)),
  )
  await expect(reader.logJoint({ rate: [1, 2], x }, { batch: { point: [0] } })).rejects.toThrow(
    'guide of model "mixture": logJoint: plate "point" cannot be batched: site "rate" (plate "component") sees all elements of ' +
      'site "x" (plate "point"). Leave "point" out of the batch, or declare "rate" in the plate',
  )
})

test('within compiled code the indices are a tensor, and one program serves all batches', async () => {
  const bound = bind(regression.program, ofRegression, {
    who: 'test',
    needed: () => false,
  })
  const { program, sizes, values, present } = bound
  checkBatch(bound, ['point'], 'test')
  const estimate = compile(
    (...[all, is, point]: [never, never, never]) => {
      const { scales, ...batch } = minibatch(program, sizes, all, is, { point })
      const logs = logProbs(program, batch.sizes, batch.values, batch.present, { scales })
      return Object.values(logs).map((x) => sum(x)).reduce((a, b) => add(a, b)) // prettier-ignore
    },
    { precision: 'float64' },
  )
  for (const point of subsets(4, 3)) {
    const own = estimate(values as never, present as never, Int32Array.from(point) as never) as {
      data: ArrayLike<number>
    }
    const expected = await regression.logJoint(ofRegression, { batch: { point } })
    expect(own.data[0]).toBeCloseTo(expected, 11)
  }
})

test('with the exact posterior for a guide a batch gives N/n of its elements’ log evidence, whatever is drawn', () => {
  const points = model('points').plate('point', 'n', (i) =>
    i.latent('z', normal(0, 1)).observed('x', ({ z }) => normal(z, 1)),
  )
  const posterior = guide(points).plate('point', 'n', (i) =>
    i.latent('z', ({ x }) => normal(mul(0.5, x), Math.SQRT1_2)),
  )
  const x = [1, -2, 3, 0.5, 2]
  const { model: p, guide: q } = pair(points.program, posterior.program, { x }, { who: 'test' })
  for (const bound of [p, q]) checkBatch(bound, ['point'], 'test')
  const estimate = compile(
    (...[words, ofModel, ofGuide, point]: [Tensor, SiteValues, SiteValues, Tensor]) => {
      const [own, guided] = [
        minibatch(p.program, p.sizes, ofModel, {}, { point }),
        minibatch(q.program, q.sizes, ofGuide, {}, { point }),
      ]
      const z = draws(q.program, guided.sizes, words, guided.values)
      const total = ({ scales, sizes, values }: Minibatch, of: Program): Tensor =>
        Object.values(logProbs(of, sizes, { ...values, ...z }, {}, { scales }))
          .map((log) => sum(log))
          .reduce((a, b) => add(a, b))
      return sub(total(own, p.program), total(guided, q.program))
    },
    { precision: 'float64' },
  )
  // x is normal with variance 2.
  const evidence = x.map((own) => -0.25 * own ** 2 - 0.5 * Math.log(4 * Math.PI))
  for (const [seed, point] of subsets(5, 2).entries()) {
    const words = Int32Array.from(key(seed), (word) => word | 0)
    const own = estimate(
      words as never,
      p.values as never,
      q.values as never,
      Int32Array.from(point) as never,
    )
    const expected = 2.5 * point.reduce((total, i) => total + evidence[i]!, 0)
    expect((own as { data: ArrayLike<number> }).data[0]).toBeCloseTo(expected, 11)
  }
})

type Untyped = { logJoint(values: object, options: object): Promise<number> }
const BAD: readonly (readonly [what: string, of: unknown, values: object, options: object, message: string])[] = [
  ['a plate that there is not', nested, ofNested, { batch: { shcool: [0] } }, 'model "nested": logJoint: batch: "shcool" is not a plate of model "nested": did you mean "school"?'],
  ['a plate that is seen whole', mixture, ofMixture, { batch: { component: [0] } }, 'plate "component" cannot be batched: site "x" (plate "point") sees all elements of site "rate" (plate "component")'],
  ['a chain', series, ofSeries, { batch: { time: [0] } }, 'chain "time" cannot be batched: each step depends on the one before'],
  ['more than there are', mixture, ofMixture, { batch: { point: 6 }, seed: 0 }, 'plate "point" has 5 elements: expected a whole number 1 … 5, got 6'],
  ['none', mixture, ofMixture, { batch: { point: 0 }, seed: 0 }, 'expected a whole number 1 … 5, got 0'],
  ['no index', mixture, ofMixture, { batch: { point: [] } }, 'there must be an index at least'],
  ['an index that is not there', mixture, ofMixture, { batch: { point: [0, 5] } }, 'indices must be 0 … 4, got 5 at [1]'],
  ['an index twice', mixture, ofMixture, { batch: { point: [1, 1] } }, 'index 1 is there twice, at [1]'],
  ['at random without a seed', mixture, ofMixture, { batch: { point: 2 } }, 'elements are drawn by a seed or a key'],
] // prettier-ignore

test.each(BAD)('a batch of %s is refused', async (_, of, values, options, message) => {
  await expect((of as Untyped).logJoint(values, options)).rejects.toThrow(message)
})
