import { compile } from '@variate/compile'
import { NdArray } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import type { Moments, ParamTree, Probabilities, SiteTensors } from '@variate/families'
import type { ClimbParams } from './climbState.ts'
import { covarianceOf } from './covarianceOf.ts'
import { momentsOf } from './momentsOf.ts'
import type { Setting } from './problemOf.ts'
import { guideArrays } from './sharedParams.ts'

type Arrays = Readonly<Record<string, NdArray>>
type Reals = Readonly<Record<string, NdArray<Float64Array>>>

/** Means and variances of latents; of discrete ones the probabilities of their values, and what these are. */
export interface PosteriorMoments {
  readonly mean: Reals
  readonly variance: Reals
  readonly probabilities: Reals
  readonly values: Arrays
  covariance(...names: readonly string[]): NdArray<Float64Array>
}

/**
 * Moments of latents under q: in closed form where the family has one, else those of draws.
 *
 * @param draws of the latents that are asked for.
 */
export function knownMoments(setting: Setting, params: ClimbParams, draws: Arrays): PosteriorMoments {
  const { model, variational } = setting
  const { mean, variance } = momentsOf(draws)
  const { sizes } = model
  const run = compile(
    (own: ParamTree, data: SiteTensors) => {
      const context = { params: own, data, sizes }
      return {
        moments: variational.moments?.(context) ?? {},
        discrete: variational.probabilities?.(context) ?? {},
      }
    },
    { precision: 'float64' },
  ) as unknown as (...args: readonly unknown[]) => {
    readonly moments: Readonly<Record<string, { readonly [Of in keyof Moments]: NdArray<Float64Array> }>>
    readonly discrete: Readonly<
      Record<string, { readonly [Of in keyof Probabilities]: NdArray<Float64Array> }>
    >
  }
  const { moments, discrete } = run(guideArrays(variational, params), model.values)
  const asked = (name: string): boolean => draws[name] !== undefined
  const own = Object.entries(moments).filter(([name]) => asked(name))
  const listed = Object.entries(discrete).filter(([name]) => asked(name))
  const summed = listed.map(([name, of]) => [name, momentsOfList(of.probabilities, of.values)] as const)
  const all = [...own, ...summed]
  const variances = { ...variance, ...Object.fromEntries(all.map(([name, of]) => [name, of.variance])) }
  return {
    mean: { ...mean, ...Object.fromEntries(all.map(([name, of]) => [name, of.mean])) },
    variance: variances,
    covariance: (...names) => covarianceOf(setting, params, { draws, variance: variances }, names),
    probabilities: Object.fromEntries(listed.map(([name, of]) => [name, of.probabilities])),
    values: Object.fromEntries(listed.map(([name, of]) => [name, of.values])),
  }
}

/** Moments of values that have some probabilities, [...plates, count], number by number. */
export function momentsOfList(
  probabilities: NdArray<Float64Array>,
  values: NdArray<Float64Array>,
): { readonly mean: NdArray<Float64Array>; readonly variance: NdArray<Float64Array> } {
  const count = values.shape[0]!
  const [lengths, event] = [probabilities.shape.slice(0, -1), values.shape.slice(1)]
  const size = sizeOf(event)
  const [mean, variance] = [0, 0].map(
    () => new NdArray(new Float64Array(sizeOf(lengths) * size), [...lengths, ...event]),
  )
  for (let element = 0; element < sizeOf(lengths); element++) {
    const own = probabilities.data.subarray(element * count, (element + 1) * count)
    for (let i = 0; i < size; i++) {
      const at = element * size + i
      const value = (k: number): number => values.data[k * size + i]!
      mean!.data[at] = own.reduce((sum, p, k) => sum + p * value(k), 0)
      variance!.data[at] = own.reduce((sum, p, k) => sum + p * (value(k) - mean!.data[at]!) ** 2, 0)
    }
  }
  return { mean: mean!, variance: variance! }
}
