import '@tensorflow/tfjs-backend-cpu'
import { Tensor, tensor as tensorOf, tidy } from '@tensorflow/tfjs-core'
import { batch, compile, valueAndGrad } from '@variate/compile'
import { key, NdArray, split } from '@variate/core'
import { add, constant, exp, mul, sub, sum } from '@variate/core/ops'
import { bernoulli, binomial, categorical, normal, oneHotCategorical, poisson } from '@variate/distributions'
import { enumerated, logWeight, type ObjectiveParameters, type Values } from '@variate/estimators'
import { guideFamily, meanField, type Family } from '@variate/families'
import { guide, model, real } from '@variate/language'
import { bind, freeParameters } from '@variate/language/internal'
import { expect, test } from 'vitest'
import { problemOf, structureOf, type Setting } from '../../src/bbvi/problemOf.ts'

interface Latent {
  /** Its values, each as a list of its numbers. */
  readonly values: readonly (readonly number[])[]
  /** Of its plates, and of the event of an element. */
  readonly plates: readonly number[]
  readonly event?: readonly number[]
}

interface Case {
  readonly model: { readonly program: object }
  readonly family?: Family
  readonly data: Readonly<Record<string, unknown>>
  readonly latents: Readonly<Record<string, Latent>>
}

const BITS = [[0], [1]]
const coin = bernoulli({ probs: 0.3 })
const near = (x: Tensor | number) => bernoulli({ logits: sub(mul(1.5, x as Tensor), 0.4) })

const single = model('single')
  .latent('c', coin)
  .observed('x', ({ c }) => normal(c, 1))
const coupled = model('coupled')
  .latent('a', categorical({ probs: [0.2, 0.5, 0.3] }))
  .latent('b', ({ a }) => near(sub(a, 1)))
  .observed('x', ({ a, b }) => normal(mul(a, add(1, mul(2, b))), 1))
const pairs = model('pairs').plate('i', 2, (i) =>
  i
    .latent('a', coin)
    .latent('b', ({ a }) => near(a))
    .observed('x', ({ a, b }) => normal(add(a, mul(b, -2)), 1)),
)
const structured = guide(pairs)
  .param('u', real())
  .plate('i', 2, (i) =>
    i
      .latent('a', ({ u }) => bernoulli({ logits: u }))
      .latent('b', ({ a, u }) => bernoulli({ logits: mul(u, sub(a, 0.3)) })),
  )

const cases: Readonly<Record<string, Case>> = {
  'one Bernoulli latent': {
    model: single,
    data: { x: 0.8 },
    latents: { c: { values: BITS, plates: [] } },
  },
  'categorical latents of a plate': {
    model: model('classes').plate('i', 3, (i) =>
      i.latent('c', categorical({ probs: [0.2, 0.5, 0.3] })).observed('x', ({ c }) => normal(mul(2, c), 1)),
    ),
    data: { x: [0.1, 3, -1] },
    latents: { c: { values: [[0], [1], [2]], plates: [3] } },
  },
  'rows of the identity': {
    model: model('rows').plate('i', 2, (i) =>
      i
        .latent('c', oneHotCategorical({ probs: [0.2, 0.5, 0.3] }))
        .observed('x', ({ c }) => normal(sum(mul(c, constant([-1, 0.5, 2]))), 1)),
    ),
    data: { x: [0.1, 2] },
    latents: {
      c: {
        values: [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ],
        plates: [2],
        event: [3],
      },
    },
  },
  'values of a list': {
    model: model('counts').plate('i', 2, (i) =>
      i.latent('c', binomial(2, { probs: 0.4 })).observed('x', ({ c }) => normal(c, 1)),
    ),
    data: { x: [0.1, 2] },
    latents: { c: { values: [[0], [1], [2]], plates: [2] } },
  },
  'two latents in one term': {
    model: coupled,
    data: { x: 1.3 },
    latents: { a: { values: [[0], [1], [2]], plates: [] }, b: { values: BITS, plates: [] } },
  },
  'a global latent that is read in a plate': {
    model: model('global')
      .latent('g', coin)
      .plate('i', 'n', (i) =>
        i.latent('c', ({ g }) => near(g)).observed('x', ({ g, c }) => normal(add(g, mul(2, c)), 1)),
      ),
    data: { x: [0.3, -1, 2.2] },
    latents: { g: { values: BITS, plates: [] }, c: { values: BITS, plates: [3] } },
  },
  'plates that cross, and one that is read whole': {
    model: model('crossed')
      .plate('i', 2, (i) => i.latent('a', coin))
      .plate('j', 3, (j) => j.latent('b', coin))
      .plate('j', 3, (j) =>
        j.plate('i', 2, (i) => i.observed('x', ({ a, b }) => normal(add(a, mul(b, -2)), 1))),
      )
      .plate('i', 2, (i) => i.observed('y', ({ a, b }) => normal(mul(a, sum(b)), 1))),
    data: {
      x: [
        [0.1, 1],
        [-2, -0.5],
        [0.4, 0.9],
      ],
      y: [0.5, 2],
    },
    latents: { a: { values: BITS, plates: [2] }, b: { values: BITS, plates: [3] } },
  },
  'a chain': {
    model: model('chain').markov('t', 4, (t) =>
      t.latent('z', coin, (_, { z }) => near(z)).observed('x', ({ z }) => normal(z, 1)),
    ),
    data: { x: [0.2, 1.1, -0.7, 0.9] },
    latents: { z: { values: BITS, plates: [4] } },
  },
  'a guide whose latents are drawn with each other': {
    model: pairs,
    family: guideFamily(structured) as Family,
    data: { x: [0.4, -1.5] },
    latents: { a: { values: BITS, plates: [2] }, b: { values: BITS, plates: [2] } },
  },
}

function settingOf({ model: { program }, data, family = meanField() }: Omit<Case, 'latents'>): Setting {
  const bound = bind(program as never, data, {
    who: 'test',
    needed: ({ kind }) => kind === 'observed' || kind === 'input',
  })
  return {
    model: bound,
    theta: freeParameters(bound),
    variational: family.of(bound, 'test'),
    latents: [],
  }
}

/** Parameters that differ from entry to entry. */
function paramsOf(setting: Setting): Record<string, NdArray> {
  const begun = setting.variational.init(key(0)) as Record<string, NdArray>
  return Object.fromEntries(
    Object.entries(begun).map(([name, { data, shape }]) => [
      name,
      new NdArray(
        Float64Array.from(data, (_, i) => Math.sin(3 * i + name.length)),
        shape,
      ),
    ]),
  )
}

/** Every combination of values of all elements: for each latent an array [combinations, ...shape]. */
function combinations(latents: Case['latents']): Record<string, NdArray> {
  const counts = Object.values(latents).map(
    ({ values, plates }) => values.length ** plates.reduce((a, b) => a * b, 1),
  )
  const count = counts.reduce((a, b) => a * b, 1)
  let stride = 1
  return Object.fromEntries(
    Object.entries(latents).map(([name, { values, plates, event = [] }]) => {
      const elements = plates.reduce((a, b) => a * b, 1)
      const strides = Array.from({ length: elements }, (_, at) => stride * values.length ** at)
      stride *= values.length ** elements
      const rows = Array.from({ length: count }, (_, row) =>
        strides.flatMap((own) => [...values[Math.floor(row / own) % values.length]!]),
      )
      return [name, new NdArray(Int32Array.from(rows.flat()), [count, ...plates, ...event])]
    }),
  )
}

interface Gradient {
  readonly value: number
  readonly guide: Record<string, NdArray>
}

/** The bound as one sum over all combinations, and its gradient. */
function exactly(setting: Setting, latents: Case['latents']): Gradient {
  const structure = structureOf(setting, new Map())
  const names = Object.keys(paramsOf(setting))
  const run = compile(
    (all: Values, guide: Values, data: Values) => {
      const bound = (...own: readonly Tensor[]): Tensor => {
        const parameters: ObjectiveParameters = {
          model: {},
          guide: Object.fromEntries(names.map((name, at) => [name, own[at]!])),
        }
        const present = setting.model.present as never
        const problem = problemOf(setting, structure, { data, present, rows: {} })
        const terms = batch((values: Values) => {
          const logs = Object.values(problem.logQ(parameters, values))
          const logQ = logs.map((x) => sum(x)).reduce((a, b) => add(a, b))
          return mul(exp(logQ), logWeight(problem, parameters, values))
        })(all)
        return sum(terms)
      }
      const { value, grads } = valueAndGrad(bound)(...names.map((name) => guide[name]!))
      return { value, guide: Object.fromEntries(names.map((name, at) => [name, grads[at]!])) }
    },
    { precision: 'float64' },
  )
  const got = run(
    combinations(latents) as never,
    paramsOf(setting) as never,
    setting.model.values as never,
  ) as unknown as { value: NdArray; guide: Record<string, NdArray> }
  return { value: got.value.at(), guide: got.guide }
}

/** What the estimator gives at one key. */
function estimated(
  setting: Setting,
  seed = 0,
  taken: ReadonlyMap<string, number> = new Map(),
  rows: Record<string, NdArray> = {},
  isEager = false,
): Gradient {
  const structure = structureOf(setting, taken)
  const estimator = enumerated()
  estimator.init(structure, 'test')
  const f = (guide: Values, data: Values, own: Values, random: Tensor) => {
    const present = setting.model.present as never
    const problem = problemOf(setting, structure, { data, present, rows: own })
    const { objective, gradients } = estimator.estimate(problem, { model: {}, guide }, random, {})
    return { value: objective, guide: gradients.guide as Values }
  }
  const words = new NdArray(
    Int32Array.from(key(seed), (word) => word | 0),
    [2],
  )
  const given = [paramsOf(setting), setting.model.values, rows, words] as never
  const { value, guide } = (isEager
    ? stepByStep(f, given)
    : compile(f, { precision: 'float64' })(...(given as [never]))) as unknown as {
    value: NdArray
    guide: Record<string, NdArray>
  }
  return { value: value.at(), guide }
}

/** What a function of tensors gives with no program made of it. */
function stepByStep(f: (...own: never) => unknown, given: readonly unknown[]): unknown {
  const mapped = (tree: unknown): unknown =>
    tree instanceof NdArray
      ? tensorOf(
          Array.from(tree.data),
          [...tree.shape],
          tree.data instanceof Int32Array ? 'int32' : 'float32',
        )
      : tree instanceof Tensor
        ? new NdArray(Float64Array.from(tree.dataSync()), tree.shape)
        : Object.fromEntries(Object.entries(tree as object).map(([name, item]) => [name, mapped(item)]))
  return tidy(() => {
    const own = given.map(mapped)
    return mapped(f(...(own as never))) as never
  })
}

/** The largest difference between two bounds and their gradients. */
function difference(got: Gradient, exact: Gradient): number {
  const all = Object.entries(exact.guide).flatMap(([name, { data }]) =>
    Array.from(data, (x, i) => Math.abs(got.guide[name]!.data[i]! - x)),
  )
  return Math.max(Math.abs(got.value - exact.value), ...all)
}

test.each(Object.entries(cases))('%s: the gradient is that of the sum over all combinations', (_, own) => {
  const setting = settingOf(own)
  const exact = exactly(setting, own.latents)
  expect(difference(estimated(setting, 0), exact)).toBeLessThan(1e-10)
  expect(difference(estimated(setting, 1), exact)).toBeLessThan(1e-10)
})

test('one Bernoulli latent: the closed form', () => {
  const setting = settingOf(cases['one Bernoulli latent']!)
  const odds = Object.values(paramsOf(setting))[0]!.at()
  const q = 1 / (1 + Math.exp(-odds))
  const log = (c: number) =>
    Math.log(c === 1 ? 0.3 : 0.7) - 0.5 * (0.8 - c) ** 2 - 0.5 * Math.log(2 * Math.PI)
  const bound = q * (log(1) - Math.log(q)) + (1 - q) * (log(0) - Math.log(1 - q))
  const slope = q * (1 - q) * (log(1) - log(0) - odds)
  const got = estimated(setting)
  expect(got.value).toBeCloseTo(bound, 12)
  expect(got.guide['c.logits']!.at()).toBeCloseTo(slope, 12)
})

test('step by step it is the same as compiled, to single precision', () => {
  for (const name of [
    'a chain',
    'two latents in one term',
    'plates that cross, and one that is read whole',
  ]) {
    const setting = settingOf(cases[name]!)
    expect(difference(estimated(setting, 0, new Map(), {}, true), estimated(setting))).toBeLessThan(1e-4)
  }
})

test('mini-batches: the mean over all of them is the gradient', () => {
  const own = cases['a global latent that is read in a plate']!
  const setting = settingOf(own)
  const exact = exactly(setting, own.latents)
  const parts = [
    [0, 1],
    [0, 2],
    [1, 2],
  ].map((rows) => estimated(setting, 0, new Map([['i', 2]]), { i: new NdArray(Int32Array.from(rows), [2]) }))
  const mean = (f: (part: Gradient) => number): number =>
    parts.reduce((total, part) => total + f(part) / parts.length, 0)
  const guide = Object.fromEntries(
    Object.entries(exact.guide).map(([name, { data, shape }]) => [
      name,
      new NdArray(
        Float64Array.from(data, (_, i) => mean((part) => part.guide[name]!.data[i]!)),
        shape,
      ),
    ]),
  )
  expect(difference({ value: mean(({ value }) => value), guide }, exact)).toBeLessThan(1e-10)
})

const mixed = model('mixed')
  .latent('mu', normal(0, 2))
  .plate('i', 3, (i) => i.latent('c', coin).observed('x', ({ mu, c }) => normal(add(mu, mul(2, c)), 1)))
const below = model('below')
  .latent('c', coin)
  .latent('u', ({ c }) => normal(sub(mul(2, c), 1), 1))
  .observed('x', ({ u }) => normal(u, 1))
const drawnBelow = guide(below)
  .param('a', real())
  .param('d', real())
  .param('e', real())
  .latent('c', ({ a }) => bernoulli({ logits: a }))
  .latent('u', ({ c, d, e }) => normal(add(d, mul(e, c)), 1))

/** Moments of the gradients at so many keys: for each parameter, entry by entry. */
function moments(setting: Setting, params: Record<string, NdArray>, count: number) {
  const structure = structureOf(setting, new Map())
  const run = compile(
    (guide: Values, data: Values, keys: Tensor) =>
      batch((own: Tensor) => {
        const present = setting.model.present as never
        const problem = problemOf(setting, structure, { data, present, rows: {} })
        return enumerated().estimate(problem, { model: {}, guide }, own, {}).gradients.guide as Values
      })(keys),
    { precision: 'float64' },
  )
  const words = Int32Array.from(
    split(key(1), count).flatMap((own) => [...own]),
    (word) => word | 0,
  )
  const keys = new NdArray(words, [count, 2])
  const all = run(params as never, setting.model.values as never, keys as never)
  return Object.fromEntries(
    Object.entries(all as unknown as Record<string, NdArray>).map(([name, { data }]) => {
      const size = data.length / count
      const entries = Array.from({ length: size }, (_, at) => {
        const own = Float64Array.from({ length: count }, (_, i) => data[i * size + at]!)
        const mean = own.reduce((a, b) => a + b, 0) / count
        const variance = own.reduce((a, b) => a + (b - mean) ** 2, 0) / (count - 1)
        return { mean, variance, error: Math.sqrt(variance / count) }
      })
      return [name, entries]
    }),
  )
}

const scalar = (x: number): NdArray => new NdArray(Float64Array.of(x), [])
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

test('with continuous latents: the mean of the gradients is the gradient, and all noise is that of these', () => {
  const x = [0.5, 3, -1]
  const odds = [0.3, -0.7, 1.1]
  const [m, s] = [0.4, 0.6]
  const setting = settingOf({ model: mixed, data: { x } })
  const got = moments(
    setting,
    {
      'mu.loc': scalar(m),
      'mu.logScale': scalar(Math.log(s)),
      'c.logits': new NdArray(Float64Array.from(odds), [3]),
    },
    20_000,
  )
  const near = ({ mean, error }: { mean: number; error: number }, exact: number): void =>
    expect(Math.abs(mean - exact)).toBeLessThan(4 * error)
  const q = odds.map(sigmoid)
  near(got['mu.loc']![0]!, -m / 4 + x.reduce((total, own, i) => total + own - m - 2 * q[i]!, 0))
  near(got['mu.logScale']![0]!, 1 - s ** 2 / 4 - 3 * s ** 2)
  for (const [i, own] of x.entries()) {
    const slope = q[i]! * (1 - q[i]!)
    const gain = Math.log(0.3 / 0.7) + 2 * (own - m) - 2 - odds[i]!
    near(got['c.logits']![i]!, slope * gain)
    // Of 2(x − μ), μ ~ N(m, s²).
    expect(got['c.logits']![i]!.variance / (2 * s * slope) ** 2).toBeCloseTo(1, 1)
  }
})

test('continuous latents that are drawn with discrete ones are drawn for each of their values', () => {
  const [x, a, d, e] = [0.7, 0.4, -0.5, 1.2]
  const setting = settingOf({ model: below, family: guideFamily(drawnBelow) as Family, data: { x } })
  const got = moments(setting, { a: scalar(a), d: scalar(d), e: scalar(e) }, 20_000)
  const q = [1 - sigmoid(a), sigmoid(a)]
  const at = [0, 1].map((c) => d + e * c)
  const prior = [-1, 1]
  const slopes = at.map((u, c) => prior[c]! - u + (x - u))
  const value = at.map(
    (u, c) => Math.log(c === 1 ? 0.3 : 0.7) - 0.5 * (u - prior[c]!) ** 2 - 0.5 * (x - u) ** 2,
  )
  const exact = {
    a: q[0]! * q[1]! * (value[1]! - value[0]! - a),
    d: q[0]! * slopes[0]! + q[1]! * slopes[1]!,
    e: q[1]! * slopes[1]!,
  }
  for (const [name, gradient] of Object.entries(exact)) {
    const { mean, error } = got[name]![0]!
    expect(Math.abs(mean - gradient)).toBeLessThan(4 * error)
  }
})

test('what cannot be summed is refused, with the names and the reason', () => {
  const refused = (own: Omit<Case, 'latents'>, limit?: number) => () =>
    enumerated(limit ? { limit } : {}).init(structureOf(settingOf(own), new Map()), 'test')
  const whole = model('whole')
    .plate('i', 20, (i) => i.latent('c', coin))
    .observed('y', ({ c }) => normal(sum(c), 1))
  expect(refused({ model: whole, data: { y: 3 } })).toThrow(
    'test: enumerated: "y" is a sum over 1,048,576 combinations: "c" of 2 values, in all 20 elements of "i" together: the limit ' +
      'is 4,096: use scoreFunction() or automatic()',
  )
  expect(refused({ model: coupled, data: { x: 0 } }, 5)).toThrow(
    /"b", "x" is a sum over 6 combinations: "a" of 3 values; "b" of 2 values: the limit is 5/,
  )
  expect(refused({ model: coupled, data: { x: 0 } }, 6)).not.toThrow()
  const counts = model('counts')
    .latent('c', poisson(3))
    .observed('x', ({ c }) => normal(c, 1))
  const counted = guide(counts).latent('c', poisson(2))
  expect(refused({ model: counts, family: guideFamily(counted) as Family, data: { x: 1 } })).toThrow(
    /those of "c" are not listed: they have no end/,
  )
  const several = model('several')
    .latent('c', bernoulli({ probs: [0.2, 0.6] }))
    .observed('x', ({ c }) => normal(sum(c), 1))
  expect(refused({ model: several, data: { x: 1 } })).toThrow(/"c" are not listed.*put in plates/)
})
