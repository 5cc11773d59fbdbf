import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { compile, valueAndGrad } from '@variate/compile'
import { DomainError, key, NdArray, UnsupportedError } from '@variate/core'
import { add, exp, sub } from '@variate/core/ops'
import { automatic, totalOf, type Tree } from '@variate/estimators'
import { bernoulli, beta, normal, poisson } from '@variate/distributions'
import {
  conditional,
  diagonalNormal,
  fullNormal,
  meanField,
  structured,
  type ConditionalLatent,
} from '@variate/families'
import { bbvi } from '@variate/inference'
import { mlp, model } from '@variate/language'
import { bind, freeParameters } from '@variate/language/internal'
import { expect, test } from 'vitest'
import { problemOf, structureOf } from '../../src/bbvi/problemOf.ts'

const all = model('all')
  .latent('level', normal(0, 1))
  .plate('item', 'n', (item) =>
    item
      .latent('z', normal([0, 0], 1))
      .latent('p', beta(2, 2))
      .latent('c', bernoulli({ probs: 0.3 }))
      .observed('x', ({ z, p, c, level }) => normal(add(z, add(add(p, c), level)), 1))
      .observed('k', ({ p }) => poisson(exp(p))),
  )
const data = {
  x: [
    [0.3, -1],
    [1.2, 0.4],
    [-0.8, 2],
  ],
  k: [2, 0, 1],
}

type Leaves = Record<string, NdArray>

/** Arrays of a tree, by their paths, and the tree with others in their place. */
function leavesOf(tree: unknown, path = ''): Leaves {
  if (tree instanceof NdArray) return { [path]: tree }
  return Object.assign(
    {},
    ...Object.entries(tree as object).map(([name, item]) => leavesOf(item, `${path}/${name}`)),
  ) as Leaves
}
function withLeaves(like: unknown, leaves: Readonly<Record<string, unknown>>, path = ''): unknown {
  if (like instanceof NdArray) return leaves[path]
  const own = Object.entries(like as object).map(([name, item]) => [
    name,
    withLeaves(item, leaves, `${path}/${name}`),
  ])
  return Array.isArray(like) ? own.map(([, item]) => item) : Object.fromEntries(own)
}

test.each([
  ['independent numbers', diagonalNormal()],
  ['all covariances', fullNormal()],
])('gradients are those of finite differences: %s', (_, family) => {
  const network = mlp([3, 4], { output: 'tanh' })
  const bound = bind(all.program, data, {
    who: 'test',
    needed: ({ kind }) => kind === 'observed' || kind === 'input',
  })
  const variational = conditional({
    z: { from: ['x', 'k'], network, family },
    p: { from: 'k', network: mlp([1, 3], { output: 'tanh' }), family },
    c: { from: 'x', network: mlp([2, 3], { output: 'tanh' }) },
  }).of(bound, 'test')
  const setting = { model: bound, theta: freeParameters(bound), variational, latents: [] }
  const structure = structureOf(setting, new Map())
  const like = variational.init(key(0))
  const begun = Object.fromEntries(
    Object.entries(leavesOf(like)).map(([path, { data: own, shape }]) => [
      path,
      new NdArray(
        Float64Array.from(own, (_x, i) => 0.4 * Math.sin(3 * i + path.length)),
        shape,
      ),
    ]),
  )
  const paths = Object.keys(begun)
  // Discrete latents stay as they were drawn, whatever the parameters.
  const c = new NdArray(Int32Array.of(1, 0, 1), [3])
  const run = compile(
    (leaves: never, values: never, given: never, words: Tensor) => {
      const f = (...own: readonly Tensor[]): Tensor => {
        const guide = withLeaves(like, Object.fromEntries(paths.map((path, i) => [path, own[i]!]))) as Tree
        const parameters = { model: {}, guide }
        const problem = problemOf(setting, structure, { data: values, present: {}, rows: {} })
        const drawn = problem.draw(parameters, words as never, undefined, { c: given })
        return sub(
          totalOf(problem.terms, problem.logP(parameters, drawn)),
          totalOf(problem.factors, problem.logQ(parameters, drawn)),
        )
      }
      return valueAndGrad(f)(...paths.map((path) => leaves[path] as Tensor))
    },
    { precision: 'float64' },
  )
  const words = new NdArray(
    Int32Array.from(key(5), (word) => word | 0),
    [2],
  )
  const at = (leaves: Leaves) =>
    run(leaves as never, bound.values as never, c as never, words as never) as unknown as {
      value: NdArray
      grads: readonly NdArray[]
    }
  const { grads } = at(begun)
  const step = 1e-5
  paths.forEach((path, which) => {
    const { data: own, shape } = begun[path]!
    own.forEach((_x, i) => {
      const [above, below] = [step, -step].map((change) => {
        const moved = Float64Array.from(own, (y, j) => (i === j ? y + change : y))
        return at({ ...begun, [path]: new NdArray(moved, shape) }).value.at()
      })
      expect(Math.abs(grads[which]!.data[i]! - (above! - below!) / (2 * step)), `${path} ${i}`).toBeLessThan(
        1e-6,
      )
    })
  })
})

const network = mlp([2, 4])
const fit = (latents: Record<string, ConditionalLatent>, given: object = data) =>
  bbvi(all as never, { family: conditional(latents), steps: 1 }).fit(given as never, { seed: 0 })

test.each<[string, Record<string, ConditionalLatent>, unknown, RegExp]>([
  [
    'a network of another size',
    { z: { from: 'x', network: mlp([3, 4]) } },
    DomainError,
    /site "x" \(plate "item"\) gives 2 numbers, the network of "z" takes 3: make it of 2, such as mlp\(\[2, …\]\)/,
  ],
  [
    'of several data',
    { z: { from: ['x', 'k'], network } },
    DomainError,
    /site "x" \(plate "item"\) and site "k" \(plate "item"\) give 3 numbers, the network of "z" takes 2/,
  ],
  [
    'what is no latent',
    { y: { from: 'x', network } },
    DomainError,
    /"y" is no latent of model "all" that is to be inferred: there are "level", "z", "p", "c"/,
  ],
  [
    'what is no data',
    { z: { from: 'p', network } },
    DomainError,
    /site "z" \(plate "item"\): from: "p" is no observed site or input: there are "x", "k"/,
  ],
  ['no data', { z: { from: [], network } }, DomainError, /from names no data/],
  [
    'data of a plate that the latent is not in',
    { level: { from: 'x', network } },
    UnsupportedError,
    /site "level": from: site "x" \(plate "item"\) has a value for each element of plate "item", which "level" is not in: declare "level"/,
  ],
  [
    'a normal for a discrete latent',
    { c: { from: 'x', network, family: diagonalNormal() } },
    UnsupportedError,
    /site "c" \(plate "item"\) is discrete, and diagonalNormal\(\) is of continuous latents: leave family out/,
  ],
])('it refuses %s', async (_, latents, kind, message) => {
  const failure = fit(latents)
  await expect(failure).rejects.toThrow(message)
  await expect(failure).rejects.toBeInstanceOf(kind)
})

test('it refuses data that are missing in part', async () => {
  const latents = { z: { from: 'k', network: mlp([1, 4]) } }
  await expect(fit(latents, { ...data, k: [2, null, 1] })).rejects.toThrow(
    /site "z" \(plate "item"\): from: site "k" \(plate "item"\) has missing values/,
  )
})

test('it refuses chains, and data that are the same in all elements of the plate of a latent', async () => {
  const walk = model('walk').markov('time', 3, (step) =>
    step.latent('z', normal(0, 1), (_, { z }) => normal(z, 1)).observed('x', ({ z }) => normal(z, 1)),
  )
  const family = conditional({ z: { from: 'x', network: mlp([1, 4]) } })
  await expect(bbvi(walk, { family }).fit({ x: [1, 2, 3] }, { seed: 0 })).rejects.toThrow(
    /site "z" \(.*"time"\) is a chain/,
  )
  const outer = model('outer')
    .input('u')
    .plate('item', 'n', (item) =>
      item.latent('z', ({ u }) => normal(u, 1)).observed('x', ({ z }) => normal(z, 1)),
    )
  const same = conditional({ z: { from: 'u', network: mlp([1, 4]) } })
  await expect(bbvi(outer, { family: same }).fit({ u: 1, x: [1, 2] }, { seed: 0 })).rejects.toThrow(
    /site "z" \(plate "item"\): from names no data in plate "item", of which all elements would have the same q/,
  )
})

test('it is of some latents within structured(), and those that it names are its own', async () => {
  expect(() => conditional({})).toThrow(/conditional: names no latent/)
  const family = structured({ 'z, c': conditional({ z: { from: 'x', network } }) }, meanField())
  const own = await bbvi(all as never, { family, steps: 5, estimator: automatic() }).fit(data as never, {
    seed: 0,
  })
  expect(own.history.length).toBe(5)
  expect(Number.isFinite(own.elbo)).toBe(true)
  const outside = structured({ z: conditional({ p: { from: 'k', network: mlp([1, 4]) } }) })
  await expect(bbvi(all as never, { family: outside }).fit(data as never, { seed: 0 })).rejects.toThrow(
    /"p" is no latent of model "all" that is to be inferred: there are "z"/,
  )
})
