import '@tensorflow/tfjs-backend-cpu'
import { memory, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core'
import { compile } from '@variate/compile'
import { key as keyOf, NdArray } from '@variate/core'
import {
  rebar,
  relax,
  relaxedReparameterization,
  straightThrough,
  type Estimator,
  type ObjectiveParameters,
  type Tree,
} from '@variate/estimators'
import { expect, test } from 'vitest'
import { estimates, number, numbers, type Numbers } from './gradientsOf.ts'
import { kinds, mixed, signs, type Case } from './subjects.ts'

const estimators: readonly Estimator[] = [
  relaxedReparameterization({ particles: 2 }),
  relaxedReparameterization({ temperature: (step) => step }),
  straightThrough({ particles: 2 }),
  straightThrough({ temperature: 0.4 }),
  rebar({ particles: 2 }),
  rebar({ tune: false, scale: 0.5 }),
  relax({ particles: 2, surrogate: { hidden: 3 } }),
]
const cases: readonly (readonly [string, () => Case])[] = [
  ['a Bernoulli latent', () => signs()],
  ['a one-hot latent', kinds],
  ['a mixed model', mixed],
]

/** States of a first step: schedules count it, and what is 0 at the start hides nothing. */
function stateOf(estimator: Estimator, { of }: Case): Numbers {
  const { step, ...start } = estimator.init(of.structure, 'test') as Numbers
  return step ? { ...start, step: number(1) } : start
}

function tensors(tree: unknown): unknown {
  if (!(tree instanceof NdArray))
    return Object.fromEntries(Object.entries(tree as object).map(([name, item]) => [name, tensors(item)]))
  const { data, shape } = tree as NdArray
  return data instanceof Int32Array
    ? tensor(Int32Array.from(data), [...shape], 'int32')
    : tensor(Float32Array.from(data), [...shape], 'float32')
}

function flat(tree: unknown): number[] {
  if (tree instanceof NdArray) return Array.from(tree.data)
  if ('dataSync' in (tree as object)) return Array.from((tree as Tensor).dataSync())
  return Object.values(tree as object).flatMap(flat)
}

function tensorsIn(tree: unknown): number {
  if ('dataSync' in (tree as object)) return 1
  return Object.values(tree as object).reduce((total, item) => total + tensorsIn(item), 0)
}

test.each(
  cases.flatMap(([name, makeCase]) =>
    estimators.map((own, at) => [`${own.name} (${at})`, name, own, makeCase] as const),
  ),
)(
  '%s, %s: compiled in either precision and step by step the same comes out',
  (_, __, estimator, makeCase) => {
    const own = makeCase()
    const state = stateOf(estimator, own)
    const f = (key: Tensor, data: never, at: ObjectiveParameters, now: Tree) =>
      estimator.estimate(own.of.problem(data), at, key, now) as never
    const key = new NdArray(
      Int32Array.from(keyOf(3), (word) => word | 0),
      [2],
    )
    const run = (precision: 'float32' | 'float64'): number[] =>
      flat(
        (compile(f, { precision }) as unknown as (...args: unknown[]) => unknown)(
          key,
          own.of.values,
          own.at,
          state,
        ),
      )
    const [double, single] = [run('float64'), run('float32')]
    const eager = tidy(() => {
      const [data, at, now] = [tensors(own.of.values), tensors(own.at), tensors(state)]
      const before = memory().numTensors
      const made = estimator.estimate(own.of.problem(data), at as never, keyOf(3), now as never)
      // What it is given it may give again, as the state of one that keeps it.
      expect(memory().numTensors - before).toBeLessThanOrEqual(tensorsIn(made))
      return flat(made) as never
    }) as number[]
    expect(single.length).toBe(double.length)
    expect(eager.length).toBe(double.length)
    for (const [i, x] of double.entries()) {
      expect(Math.abs(single[i]! - x)).toBeLessThan(1e-4 * (1 + Math.abs(x)))
      expect(Math.abs(eager[i]! - x)).toBeLessThan(1e-4 * (1 + Math.abs(x)))
    }
  },
)

const cold: readonly Estimator[] = [
  relaxedReparameterization({ temperature: 0.1 }),
  straightThrough({ temperature: 0.1 }),
  rebar({ temperature: 0.1 }),
  relax({ temperature: 0.1, surrogate: { hidden: 2 } }),
]
const COUNT = 200
const FAR = [30, -30, 30, -30, 0]

test.each(cold.map((own) => [own.name, own] as const))(
  '%s: at low temperatures and log odds of ±30 all is finite in float32',
  (_, estimator) => {
    const binary = signs()
    const vector = kinds()
    const runs = [
      estimates(
        binary.of,
        estimator,
        'float32',
      )({ model: { m: number(1.3) }, guide: { 'z.logits': numbers(...FAR) } }, 500),
      estimates(
        vector.of,
        estimator,
        'float32',
      )(
        { model: {}, guide: { 'z.logits': new NdArray(Float64Array.of(30, -30, 0, -30, -30, 30), [2, 3]) } },
        COUNT,
      ),
    ]
    for (const x of flat(runs)) expect(Number.isFinite(x)).toBe(true)
  },
)
