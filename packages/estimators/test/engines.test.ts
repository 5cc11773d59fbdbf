import '@tensorflow/tfjs-backend-cpu'
import { memory, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core'
import { compile } from '@variate/compile'
import { key as keyOf, NdArray } from '@variate/core'
import { constant } from '@variate/core/ops'
import {
  automatic,
  controlVariate,
  leaveOneOut,
  movingAverage,
  networkBaseline,
  perSite,
  scoreFunction,
  stickingTheLanding,
  type Estimator,
  type ObjectiveParameters,
  type Tree,
} from '@variate/estimators'
import { expect, test } from 'vitest'
import { mixed, signs } from './problems.ts'
import { arraysOf } from './sampled.ts'

const guide = { loc: 0.3, logScale: -0.5, a: -0.2, b: 0.8, d: -0.4, e: 1.1, s: -0.6 }
const problem = mixed(0.9)
const words = Int32Array.from(keyOf(3), (word) => word | 0)

const tensors = (tree: unknown): unknown =>
  tree instanceof NdArray
    ? tensor(Float32Array.from(tree.data), [...tree.shape], 'float32')
    : Object.fromEntries(Object.entries(tree as object).map(([name, item]) => [name, tensors(item)]))

function flat(tree: unknown): number[] {
  const data = (tree as { data?: ArrayLike<number> }).data
  if (tree instanceof NdArray) return Array.from(data!)
  if ('dataSync' in (tree as object)) return Array.from((tree as Tensor).dataSync())
  return Object.values(tree as object).flatMap(flat)
}

function tensorsIn(tree: unknown): number {
  if ('dataSync' in (tree as object)) return 1
  return Object.values(tree as object).reduce((total, item) => total + tensorsIn(item), 0)
}

const estimators: readonly Estimator[] = [
  scoreFunction({ particles: 3 }),
  scoreFunction({ baseline: movingAverage(), raoBlackwell: false }),
  scoreFunction({ baseline: leaveOneOut(), particles: 3 }),
  scoreFunction({ baseline: controlVariate(), particles: 3 }),
  perSite({ u: stickingTheLanding({ particles: 2 }) }),
  automatic(),
]

const plate = signs(() => constant([0.5, -1, 2]), 3)
const inPlate: readonly Estimator[] = [
  scoreFunction({ baseline: movingAverage(), particles: 2 }),
  scoreFunction({ baseline: networkBaseline({ hidden: 3 }), particles: 2 }),
  scoreFunction({ baseline: controlVariate() }),
]

const cases = [
  ...estimators.map((estimator) => ({ of: problem, estimator, given: { model: {}, guide } })),
  ...inPlate.map((estimator) => ({
    of: plate,
    estimator,
    given: { model: { m: 1.2 }, guide: { z: new NdArray(Float64Array.of(0.1, -0.4, 1), [3]) } },
  })),
]

test.each(cases.map((own, at) => [`${at}: ${own.estimator.name}`, own] as const))(
  '%s: compiled in either precision, and step by step, the same comes out',
  (_, { of, estimator, given }) => {
    const parameters = arraysOf(given)
    const state = arraysOf(estimator.init(of, 'test'))
    const f = (key: Tensor, own: ObjectiveParameters, now: Tree) =>
      estimator.estimate(of, own, key, now) as never
    const key = new NdArray(words, [2]) as never
    const double = flat(compile(f, { precision: 'float64' })(key, parameters as never, state as never))
    const single = flat(compile(f)(key, parameters as never, state as never))
    const eager = tidy(() => {
      const [own, now] = [tensors(parameters), tensors(state)]
      const before = memory().numTensors
      const made = estimator.estimate(of, own as never, keyOf(3), now as never)
      expect(memory().numTensors - before).toBe(tensorsIn(made))
      return flat(made) as never
    }) as number[]
    expect(double.length).toBe(single.length)
    for (const [at, x] of double.entries()) {
      expect(Math.abs(single[at]! - x)).toBeLessThan(1e-4 * (1 + Math.abs(x)))
      expect(Math.abs(eager[at]! - x)).toBeLessThan(1e-4 * (1 + Math.abs(x)))
    }
  },
)
