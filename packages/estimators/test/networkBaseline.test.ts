import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { compile, loop } from '@variate/compile'
import { key as keyOf, NdArray } from '@variate/core'
import { constant } from '@variate/core/ops'
import { networkBaseline, scoreFunction, type ObjectiveParameters, type Tree } from '@variate/estimators'
import { expect, test } from 'vitest'
import { outcomes, signGradient } from './oracles.ts'
import { signs } from './problems.ts'
import { arraysOf, momentsOf, sampled } from './sampled.ts'

const DATA = [-3, -1.5, -0.5, 0.4, 1.2, 2.8]
const [M, LOG_ODDS] = [1.2, 0.4]
const parameters = {
  model: { m: M },
  guide: { z: new NdArray(new Float64Array(6).fill(LOG_ODDS), [6]) },
}
// As if each element stood for two of a larger plate, so that the running mean is one of all elements.
const problem = () => signs(() => constant(Float64Array.from(DATA)), DATA.length, 2)
const baseline = networkBaseline({ hidden: 12, rate: 0.02 })
const estimator = scoreFunction({ baseline, particles: 8 })

/** The state after so many steps at the same parameters. */
function trained(steps: number): unknown {
  return compile(
    (key: Tensor, own: ObjectiveParameters, begun: Tree) =>
      loop(
        (now: never, { key: step, inputs }: { readonly key: Tensor; readonly inputs: never }) =>
          estimator.estimate(problem(), inputs, step, now).state as never,
        { state: begun as never, count: steps, random: key, inputs: own as never },
      ).state as never,
    { precision: 'float64' },
  )(
    new NdArray(
      Int32Array.from(keyOf(5), (word) => word | 0),
      [2],
    ) as never,
    arraysOf(parameters) as never,
    arraysOf(estimator.init(problem(), 'test')) as never,
  )
}

const state = trained(4000) as { readonly z: unknown }

test('the network learns from the data what the cost of each element is in the mean', () => {
  const own = problem()
  const predicted = compile(
    (now: Tree) => baseline.of({ problem: own, factor: own.factors[0]!, costs: constant([0]), state: now }),
    { precision: 'float64' },
  )(state.z as never)
  for (const [i, x] of DATA.entries()) {
    const mean = outcomes(x, M, LOG_ODDS).reduce((total, of) => total + of.probability * of.cost, 0)
    expect(Math.abs(predicted.data[i]! - 2 * mean)).toBeLessThan(1)
  }
})

test('trained, it lowers the variance, and leaves the mean as it is', () => {
  const plain = sampled(problem(), scoreFunction({ particles: 8 }), parameters, 20_000)
  const learned = sampled(problem(), estimator, parameters, 20_000, { state })
  for (const [i, x] of DATA.entries()) {
    const [before, after] = [plain, learned].map((all) => momentsOf(all[`guide.z[${i}]`]!)) as [
      ReturnType<typeof momentsOf>,
      ReturnType<typeof momentsOf>,
    ]
    expect(Math.abs(after.mean - 2 * signGradient(x, M, LOG_ODDS).z)).toBeLessThan(4 * after.meanError)
    expect(after.variance).toBeLessThan(before.variance / 2)
  }
})

test('options out of range are refused, and inputs that there are not', () => {
  expect(() => networkBaseline({ rate: 0 })).toThrow('networkBaseline: rate must be > 0, got 0')
  expect(() => networkBaseline({ decay: 1 })).toThrow('networkBaseline: decay must be in [0, 1), got 1')
  const lost = scoreFunction({ baseline: networkBaseline({ inputs: ['y'] }) })
  expect(() => lost.init(problem(), 'test')).toThrow('"y" is no observed site or input: there are "x"')
})
