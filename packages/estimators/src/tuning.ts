import type { Tensor } from '@tensorflow/tfjs-core'
import { NdArray } from '@variate/core'
import { adamStep } from '@variate/core/internal'
import { add } from '@variate/core/ops'
import type { StartState } from './estimator.ts'
import type { Tree, Values } from './problem.ts'

const SETTINGS = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const

/** What Adam keeps of numbers that an estimator tunes, before the first step. */
export function tuningStart(weights: Readonly<Record<string, NdArray<Float64Array>>>): StartState {
  const zeros = Object.fromEntries(
    Object.entries(weights).map(([name, { data, shape }]) => [
      name,
      new NdArray(new Float64Array(data.length), shape),
    ]),
  )
  const none = new NdArray(Float64Array.of(0), [])
  return { first: zeros, second: zeros, share: none, squareShare: none }
}

/** Numbers that an estimator tunes, after a step of Adam down their gradients. */
export function tuned(
  weights: Values,
  gradients: Values,
  { first, second, share, squareShare }: Tree,
  rate: number,
): { readonly weights: Values; readonly optimizer: Tree } {
  const names = Object.keys(weights)
  const listed = (of: unknown): readonly Tensor[] => names.map((name) => (of as Values)[name]!)
  const named = (all: readonly Tensor[]): Values =>
    Object.fromEntries(names.map((name, i) => [name, all[i]!]))
  const sums = {
    shares: [share, squareShare] as readonly Tensor[],
    first: listed(first),
    second: listed(second),
  }
  const next = adamStep(listed(gradients), sums, { ...SETTINGS, rate })
  const [ofMean, ofSquares] = next.shares as readonly [Tensor, Tensor]
  return {
    weights: named(next.updates.map((x, i) => add(weights[names[i]!]!, x))),
    optimizer: {
      first: named(next.first),
      second: named(next.second),
      share: ofMean,
      squareShare: ofSquares,
    },
  }
}
