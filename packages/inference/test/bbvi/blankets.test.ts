import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile, valueAndGrad } from '@variate/compile'
import { NdArray } from '@variate/core'
import { add, exp, mul, sub, sum, where } from '@variate/core/ops'
import { bernoulli, normal } from '@variate/distributions'
import {
  logWeight,
  scoreFunction,
  type Estimator,
  type ObjectiveParameters,
  type Values,
} from '@variate/estimators'
import { meanField } from '@variate/families'
import { model } from '@variate/language'
import { bind, freeParameters } from '@variate/language/internal'
import { expect, test } from 'vitest'
import { problemOf, structureOf, type Setting } from '../../src/bbvi/problemOf.ts'

interface Case {
  readonly model: { readonly program: object }
  readonly data: Readonly<Record<string, unknown>>
  /** Latents, all of them bits, and how many bits each has. */
  readonly bits: Readonly<Record<string, readonly number[]>>
}

const coin = bernoulli({ probs: 0.3 })
const near = (x: Tensor | number) => bernoulli({ logits: sub(mul(1.5, x as Tensor), 0.4) })

const cases: Readonly<Record<string, Case>> = {
  'a global latent that is read in a plate': {
    model: model('global')
      .latent('g', coin)
      .plate('i', 'n', (i) =>
        i.latent('c', ({ g }) => near(g)).observed('x', ({ g, c }) => normal(add(g, mul(2, c)), 1)),
      ),
    data: { x: [0.3, -1, 2.2] },
    bits: { g: [], c: [3] },
  },
  'a latent of a plate that is read whole, through what is computed of it': {
    model: model('whole')
      .plate('i', 3, (i) => i.latent('c', coin).deterministic('twice', ({ c }) => mul(2, c)))
      .latent('g', ({ twice }) => near(sum(twice)))
      .observed('y', ({ c, g }) => normal(add(sum(c), g), 1)),
    data: { y: 1.2 },
    bits: { c: [3], g: [] },
  },
  'plates that cross': {
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
    bits: { a: [2], b: [3] },
  },
  'a chain': {
    model: model('chain').markov('t', 4, (t) =>
      t.latent('z', coin, (_, { z }) => near(z)).observed('x', ({ z }) => normal(z, 1)),
    ),
    data: { x: [0.2, 1.1, -0.7, 0.9] },
    bits: { z: [4] },
  },
  'plates within plates, and a factor': {
    model: model('nested')
      .plate('i', 2, (i) =>
        i
          .latent('g', coin)
          .plate('j', 2, (j) => j.latent('c', ({ g }) => near(g)).observed('x', ({ c }) => normal(c, 1)))
          .factor('odd', ({ c, g }) => exp(mul(-1, add(sum(c), g)))),
      )
      .factor('all', ({ c }) => where(sum(sum(c)), 0.7, -0.3)),
    data: {
      x: [
        [0.4, -1],
        [1, 1.5],
      ],
    },
    bits: { g: [2], c: [2, 2] },
  },
}

/** Every combination of bits: for each latent an array [combinations, ...shape]. */
function combinations(bits: Case['bits']): {
  readonly values: Record<string, NdArray>
  readonly count: number
} {
  const sizes = Object.values(bits).map((shape) => shape.reduce((a, b) => a * b, 1))
  const count = 2 ** sizes.reduce((a, b) => a + b, 0)
  let from = 0
  const values = Object.fromEntries(
    Object.entries(bits).map(([name, shape], at) => {
      const [begin, size] = [from, sizes[at]!]
      from += size
      const data = Int32Array.from({ length: count * size }, (_, i) => {
        const [row, bit] = [Math.floor(i / size), i % size]
        return (row >> (begin + bit)) & 1
      })
      return [name, new NdArray(data, [count, ...shape])]
    }),
  )
  return { values, count }
}

function settingOf({ model: { program }, data }: Case): Setting {
  const bound = bind(program as never, data, {
    who: 'test',
    needed: ({ kind }) => kind === 'observed' || kind === 'input',
  })
  return {
    model: bound,
    theta: freeParameters(bound),
    variational: meanField().of(bound, 'test'),
    latents: [],
  }
}

/** Log odds that differ from entry to entry. */
function logOdds(setting: Setting): Record<string, NdArray> {
  const begun = setting.variational.init([0, 1] as never) as Record<string, NdArray>
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

type Gradients = { readonly guide: Record<string, NdArray> }

/** The mean of an estimator's gradients over all draws, each as likely as q says. */
function meanOverDraws(
  setting: Setting,
  bits: Case['bits'],
  estimator: Estimator,
  taken: ReadonlyMap<string, number> = new Map(),
  rows: Record<string, NdArray> = {},
): Gradients {
  const structure = structureOf(setting, taken)
  const { data, present } = { data: setting.model.values, present: setting.model.present }
  const state = estimator.init(structure, 'test')
  const run = compile(
    (all: Values, guide: Values, seen: Values, rowsOf: Values, now: never) => {
      const parameters = { model: {}, guide }
      const problem = problemOf(setting, structure, { data: seen, present: present as never, rows: rowsOf })
      return batch((values: Values) => {
        const logQ = Object.values(problem.logQ(parameters, values)).reduce(
          (total, x) => add(total, sum(x)),
          0 as never as Tensor,
        )
        const fixed = { ...problem, draw: () => values }
        const { gradients } = estimator.estimate(fixed, parameters, [0, 0] as never, now)
        return Object.fromEntries(
          Object.entries(gradients.guide).map(([name, x]) => [name, mul(exp(logQ), x as Tensor)]),
        )
      })(all) as Values
    },
    { precision: 'float64' },
  )
  const { values, count } = combinations(bits)
  const terms = run(values as never, logOdds(setting) as never, data as never, rows as never, state as never)
  return {
    guide: Object.fromEntries(
      Object.entries(terms as unknown as Record<string, NdArray>).map(([name, { data: own, shape }]) => {
        const size = own.length / count
        const total = new Float64Array(size)
        for (const [i, x] of own.entries()) total[i % size]! += x
        return [name, new NdArray(total, shape.slice(1))]
      }),
    ),
  }
}

/** The gradient of the bound, written as a sum over all combinations. */
function exactGradient(setting: Setting, bits: Case['bits']): Gradients {
  const structure = structureOf(setting, new Map())
  const { model: bound } = setting
  const names = Object.keys(logOdds(setting))
  const run = compile(
    (all: Values, guide: Values, seen: Values) => {
      const bound = (...own: readonly Tensor[]): Tensor => {
        const parameters: ObjectiveParameters = {
          model: {},
          guide: Object.fromEntries(names.map((name, at) => [name, own[at]!])),
        }
        const problem = problemOf(setting, structure, {
          data: seen,
          present: setting.model.present as never,
          rows: {},
        })
        const terms = batch((values: Values) => {
          const logs = Object.values(problem.logQ(parameters, values))
          const logQ = logs.map((x) => sum(x)).reduce((a, b) => add(a, b))
          return mul(exp(logQ), logWeight(problem, parameters, values))
        })(all)
        return sum(terms)
      }
      return [...valueAndGrad(bound)(...names.map((name) => guide[name]!)).grads]
    },
    { precision: 'float64' },
  )
  const grads = run(
    combinations(bits).values as never,
    logOdds(setting) as never,
    bound.values as never,
  ) as unknown as NdArray[]
  return { guide: Object.fromEntries(names.map((name, at) => [name, grads[at]!])) }
}

/** The largest difference between two gradients. */
function difference(got: Gradients, exact: Gradients): number {
  const all = Object.entries(exact.guide).flatMap(([name, { data }]) =>
    Array.from(data, (x, i) => Math.abs(got.guide[name]!.data[i]! - x)),
  )
  return Math.max(...all)
}

test.each(Object.entries(cases))(
  '%s: the mean over all draws is the gradient, of blankets and of the whole cost',
  (_, own) => {
    const setting = settingOf(own)
    const exact = exactGradient(setting, own.bits)
    for (const raoBlackwell of [true, false])
      expect(
        difference(meanOverDraws(setting, own.bits, scoreFunction({ raoBlackwell })), exact),
      ).toBeLessThan(1e-9)
  },
)

test('mini-batches: the mean over all of them and over all draws is the gradient', () => {
  const own = cases['a global latent that is read in a plate']!
  const setting = settingOf(own)
  const exact = exactGradient(setting, own.bits)
  const subsets = [
    [0, 1],
    [0, 2],
    [1, 2],
  ]
  for (const raoBlackwell of [true, false]) {
    const parts = subsets.map((subset) =>
      meanOverDraws(setting, { g: [], c: [2] }, scoreFunction({ raoBlackwell }), new Map([['i', 2]]), {
        i: new NdArray(Int32Array.from(subset), [2]),
      }),
    )
    const mean: Gradients = {
      guide: Object.fromEntries(
        Object.entries(exact.guide).map(([name, { data, shape }]) => [
          name,
          new NdArray(
            Float64Array.from(data, (_, i) =>
              parts.reduce((total, { guide }) => total + guide[name]!.data[i]! / parts.length, 0),
            ),
            shape,
          ),
        ]),
      ),
    }
    expect(difference(mean, exact)).toBeLessThan(1e-9)
  }
})
