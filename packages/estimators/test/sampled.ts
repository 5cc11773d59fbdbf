import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile } from '@variate/compile'
import { key as keyOf, NdArray, split } from '@variate/core'
import type { Estimator, ObjectiveParameters, Problem, Tree } from '@variate/estimators'

export type Arrays = { readonly [name: string]: NdArray | Arrays | number }
export interface Given {
  readonly model: Arrays
  readonly guide: Arrays
}

/** Gradients at so many keys: for each entry of each parameter, by its name and number, an array. */
export function sampled(
  problem: Problem,
  estimator: Estimator,
  parameters: Given,
  count: number,
  { state, seed = 0 }: { readonly state?: unknown; readonly seed?: number } = {},
): Readonly<Record<string, Float64Array>> {
  const kept = state ?? estimator.init(problem, 'test')
  const run = compile(
    (keys: Tensor, own: ObjectiveParameters, now: Tree) =>
      batch((key: Tensor) => estimator.estimate(problem, own, key, now).gradients as unknown as Tree)(keys),
    { precision: 'float64' },
  )
  const keys = Int32Array.from(
    split(keyOf(seed), count).flatMap((own) => [...own]),
    (word) => word | 0,
  )
  const gradients = run(
    new NdArray(keys, [count, 2]) as never,
    arraysOf(parameters) as never,
    arraysOf(kept) as never,
  )
  const all: Record<string, Float64Array> = {}
  collect('', gradients as unknown as Arrays, count, all)
  return all
}

/** Numbers as arrays, for numbers are constants of a program. */
export function arraysOf(tree: unknown): unknown {
  if (typeof tree === 'number') return new NdArray(Float64Array.of(tree), [])
  if (tree instanceof NdArray) return tree
  return Object.fromEntries(Object.entries(tree as object).map(([name, item]) => [name, arraysOf(item)]))
}

function collect(path: string, tree: Arrays, count: number, into: Record<string, Float64Array>): void {
  for (const [name, item] of Object.entries(tree)) {
    const at = path === '' ? name : `${path}.${name}`
    if (!('data' in (item as object))) {
      collect(at, item as Arrays, count, into)
      continue
    }
    const { data } = item as NdArray
    const size = data.length / count
    for (let entry = 0; entry < size; entry++)
      into[size === 1 ? at : `${at}[${entry}]`] = Float64Array.from(
        { length: count },
        (_, i) => data[i * size + entry]!,
      )
  }
}

/** Mean, variance, and their standard errors. */
export function momentsOf(x: Float64Array): {
  readonly mean: number
  readonly variance: number
  readonly meanError: number
  readonly varianceError: number
} {
  const n = x.length
  const mean = x.reduce((a, b) => a + b, 0) / n
  const central = (power: number): number => x.reduce((total, own) => total + (own - mean) ** power, 0) / n
  const [second, fourth] = [central(2), central(4)]
  return {
    mean,
    variance: (second * n) / (n - 1),
    meanError: Math.sqrt(second / n),
    varianceError: Math.sqrt(Math.max(fourth - second ** 2, 0) / n),
  }
}
