import type { Tensor } from '@tensorflow/tfjs-core'
import { compile, loop } from '@variate/compile'
import { NdArray, type Key } from '@variate/core'
import { gradientVariance, type Estimator } from '@variate/estimators'
import type { ParamArrays } from '@variate/families'
import type { Moments } from './mergedMoments.ts'
import { namedLeaves } from './namedLeaves.ts'
import { problemOf, structureOf, type Seen, type Setting } from './problemOf.ts'
import { sharedGradient } from './sharedParams.ts'

/** Parameters of the model, and of q. */
export interface Params {
  readonly model: ParamArrays
  readonly guide: ParamArrays
}

export interface Measurer {
  /** What the estimator has kept after so many estimates. */
  settled(steps: number, key: Key): unknown
  /** Of each parameter's entries, over so many keys. */
  moments(keys: readonly Key[], state: unknown): readonly Moments[]
}

/** Runs an estimator at the same parameters again and again: compiled programs. */
export function measurer(setting: Setting, chosen: Estimator, params: Params, who: string): Measurer {
  const estimator = sharedGradient(chosen, setting.variational)
  const structure = structureOf(setting, new Map())
  const { values: data, present } = setting.model
  const seen = { data, present, rows: {} }
  const begun = estimator.init(structure, who)
  const run = compile(
    (keys: Tensor, own: never, given: Seen, state: never) =>
      gradientVariance(problemOf(setting, structure, given), estimator, own, keys, state) as never,
    { precision: 'float64' },
  )
  const settle = compile(
    (key: Tensor, own: never, given: Seen, state: never, count: number) =>
      loop(
        (now: never, { key: step, inputs }: { readonly key: Tensor; readonly inputs: never }) => {
          const { parameters, seen: data } = inputs as { parameters: never; seen: Seen }
          return estimator.estimate(problemOf(setting, structure, data), parameters, step, now).state as never
        },
        { state, count, random: key, inputs: { parameters: own, seen: given } as never },
      ).state as never,
    { precision: 'float64' },
  )
  return {
    settled: (steps, key) =>
      steps === 0 || namedLeaves(begun as ParamArrays).length === 0
        ? begun
        : settle(
            wordsOf([key], [2]) as never,
            params as never,
            seen as never,
            begun as never,
            steps as never,
          ),
    moments: (keys, state) => {
      const { mean, variance } = run(
        wordsOf(keys, [keys.length, 2]) as never,
        params as never,
        seen as never,
        state as never,
      ) as unknown as Readonly<Record<'mean' | 'variance', Params>>
      const variances = allOf(variance)
      return allOf(mean).map(([, { data }], at) => ({
        count: keys.length,
        mean: Float64Array.from(data),
        squares: Float64Array.from(variances[at]![1].data, (x) => x * (keys.length - 1)),
      }))
    },
  }
}

function wordsOf(keys: readonly Key[], shape: readonly number[]): NdArray {
  return new NdArray(
    Int32Array.from(
      keys.flatMap((key) => [...key]),
      (word) => word | 0,
    ),
    shape,
  )
}

/** The arrays of all parameters, by their names. */
export function allOf({ model, guide }: Params): ReturnType<typeof namedLeaves> {
  return [...namedLeaves(model), ...namedLeaves(guide)]
}
