import '@tensorflow/tfjs-backend-cpu'
import { Tensor, tensor as tensorOf, tidy } from '@tensorflow/tfjs-core'
import { batch, compile, valueAndGrad } from '@variate/compile'
import { key, NdArray, split } from '@variate/core'
import { add, constant, exp, mul, sub, sum } from '@variate/core/ops'
import { bernoulli, binomial, categorical, normal, oneHotCategorical } from '@variate/distributions'
import {
  enumerated,
  logWeight,
  type Estimator,
  type ObjectiveParameters,
  type Values,
} from '@variate/estimators'
import { guideFamily, meanField, type Family } from '@variate/families'
import { guide, model, real } from '@variate/language'
import { bind, freeParameters } from '@variate/language/internal'
import { problemOf, structureOf, type Setting } from '../../src/bbvi/problemOf.ts'

interface Latent {
  /** Its values, each as a list of its numbers. */
  readonly values: readonly (readonly number[])[]
  /** Of its plates, and of the event of an element. */
  readonly plates: readonly number[]
  readonly event?: readonly number[]
}

export interface Case {
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

export const cases: Readonly<Record<string, Case>> = {
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

export function settingOf({
  model: { program },
  data,
  family = meanField(),
}: Omit<Case, 'latents'>): Setting {
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
export function paramsOf(setting: Setting): Record<string, NdArray> {
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

export interface Gradient {
  readonly value: number
  readonly guide: Record<string, NdArray>
}

/** The bound as one sum over all combinations, and its gradient. */
export function exactly(setting: Setting, latents: Case['latents']): Gradient {
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
export function estimated(
  setting: Setting,
  seed = 0,
  taken: ReadonlyMap<string, number> = new Map(),
  rows: Record<string, NdArray> = {},
  isEager = false,
  estimator: Estimator = enumerated(),
): Gradient {
  const structure = structureOf(setting, taken)
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
  const given = [paramsOf(setting), setting.model.values, rows, words]
  const { value, guide } = (isEager
    ? stepByStep(f, given)
    : (compile(f as never, { precision: 'float64' }) as (...own: readonly unknown[]) => unknown)(
        ...given,
      )) as unknown as {
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
          Array.from<number>(tree.data),
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
export function difference(got: Gradient, exact: Gradient): number {
  const all = Object.entries(exact.guide).flatMap(([name, { data }]) =>
    Array.from(data, (x, i) => Math.abs(got.guide[name]!.data[i]! - x)),
  )
  return Math.max(Math.abs(got.value - exact.value), ...all)
}

export interface Moments {
  readonly mean: number
  readonly variance: number
  /** The standard error of the mean. */
  readonly error: number
}

/** Moments of the gradients at so many keys: for each parameter, entry by entry. */
export function moments(
  setting: Setting,
  params: Record<string, NdArray>,
  count: number,
  estimator: Estimator = enumerated(),
): Readonly<Record<string, readonly Moments[]>> {
  const structure = structureOf(setting, new Map())
  const run = compile(
    (guide: Values, data: Values, keys: Tensor) =>
      batch((own: Tensor) => {
        const present = setting.model.present as never
        const problem = problemOf(setting, structure, { data, present, rows: {} })
        const { objective, gradients } = estimator.estimate(problem, { model: {}, guide }, own, {})
        return { ...(gradients.guide as Values), objective }
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

export const scalar = (x: number): NdArray => new NdArray(Float64Array.of(x), [])
