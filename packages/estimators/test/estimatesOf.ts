import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile } from '@variate/compile'
import { key as keyOf, NdArray } from '@variate/core'
import type { Estimator, ObjectiveParameters, Problem } from '@variate/estimators'
import type { Numbers } from './smallProblems.ts'

export type Estimates = Readonly<Record<string, Float64Array>>

/** Independent estimates: of each parameter's derivative, and of the objective, one number for each. */
export function estimatesOf(
  estimator: Estimator,
  problem: Problem,
  at: Numbers,
  count: number,
  {
    seed = 0,
    precision = 'float64',
  }: { readonly seed?: number; readonly precision?: 'float32' | 'float64' } = {},
): Estimates {
  const run = compile(
    (key: Tensor, parameters: ObjectiveParameters) => oneRow(estimator, problem, parameters, key, count),
    { precision },
  ) as unknown as (...args: readonly unknown[]) => Readonly<Record<string, Tensor | NdArray>>
  const result = run(
    Int32Array.from(keyOf(seed), (word) => word | 0),
    arraysOf(at),
  )
  return Object.fromEntries(
    Object.entries(result).map(([name, x]) => [
      name,
      Float64Array.from(x instanceof NdArray ? x.data : x.dataSync()),
    ]),
  )
}

/** What `estimatesOf` compiles. */
export function oneRow(
  estimator: Estimator,
  problem: Problem,
  parameters: ObjectiveParameters,
  key: Tensor,
  count: number,
): Readonly<Record<string, Tensor>> {
  return batch(
    () => {
      const { objective, gradients } = estimator.estimate(problem, parameters, key, {})
      return { ...gradients.model, ...gradients.guide, objective } as Record<string, Tensor>
    },
    { size: count },
  )()
}

function arraysOf({ model, guide }: Numbers): unknown {
  const arrays = (of: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(of).map(([name, x]) => [name, new NdArray(Float64Array.of(x), [])]))
  return { model: arrays(model), guide: arrays(guide) }
}

export interface Moments {
  readonly mean: number
  readonly variance: number
  /** Standard errors of both. */
  readonly ofMean: number
  readonly ofVariance: number
}

export function momentsOf(x: Float64Array): Moments {
  const count = x.length
  const average = (f: (own: number) => number): number => x.reduce((total, own) => total + f(own), 0) / count
  const mean = average((own) => own)
  const variance = average((own) => (own - mean) ** 2)
  const fourth = average((own) => (own - mean) ** 4)
  return {
    mean,
    variance,
    ofMean: Math.sqrt(variance / count),
    ofVariance: Math.sqrt((fourth - variance ** 2) / count),
  }
}

/** Which means are not what they should be within four standard errors, or are not there: nothing, if all is well. */
export function wrongMeans(estimates: Estimates, exact: Readonly<Record<string, number>>): readonly string[] {
  const names = new Set([...Object.keys(estimates), ...Object.keys(exact)])
  return [...names].flatMap((name) => {
    const { mean, ofMean } = momentsOf(estimates[name] ?? new Float64Array(0))
    const value = exact[name] ?? Number.NaN
    return Math.abs(mean - value) < 4 * ofMean ? [] : [`${name}: ${mean} ± ${ofMean}, exactly ${value}`]
  })
}

/** The largest difference of estimates from others, as a part of 1 and their own size. */
export function largestDifference(estimates: Estimates, others: Estimates): number {
  const differences = Object.entries(others).flatMap(([name, x]) =>
    [...x].map((y, i) => Math.abs(y - estimates[name]![i]!) / (1 + Math.abs(y))),
  )
  return Math.max(...differences)
}
