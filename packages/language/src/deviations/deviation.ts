import type { Tensor } from '@tensorflow/tfjs-core'
import { NdArray } from '@variate/core'
import { isTracing, sizeOf } from '@variate/core/internal'
import { constant, isTensor, where, type Real } from '@variate/core/ops'
import type { Distribution, Parameter } from '@variate/distributions'

/** How values of a location-scale distribution come of their deviations, in scales from the location. */
export interface Deviation {
  /** The parameters that are its location and its scale. */
  readonly moved: readonly Parameter[]
  /** The distribution of the deviation: the standard member of the family, of the same batch and events. */
  standard(): Distribution
  toValue(deviation: Tensor): Tensor
  fromValue(value: Tensor): Tensor
}

/** Deviations of distributions of a family. */
export type DeviationMaker = (distribution: Distribution) => Deviation

type Name =
  | 'loc'
  | 'scale'
  | 'rate'
  | 'low'
  | 'high'
  | 'df'
  | 'shape'
  | 'asymmetry'
  | 'concentration'
  | 'alpha'
type Matrix = 'scaleTril' | 'covariance' | 'precision' | 'scaleTrilRow' | 'scaleTrilColumn'
type Vector = 'scaleDiag' | 'covFactor' | 'covDiag'

/** The parameters of a family as ops take them; each has its own. */
export type Resolved = Readonly<Record<Name, Real> & Record<Matrix | Vector, Tensor>>

interface Formulas {
  /** The standard member. */
  standard(): Distribution
  /** Whether the scale is one: asked where it is not known when the distribution is made. */
  isScale(): Real
  toValue(deviation: Tensor): Real
  fromValue(value: Tensor): Real
}

/**
 * Deviations of a distribution, by formulas.
 *
 * @param moved the names of the parameters that are its location and its scale.
 */
export function deviation(
  distribution: Distribution,
  moved: readonly string[],
  formulas: (parameters: Resolved) => Formulas,
): Deviation {
  const { parameters } = distribution
  const made = moved.flatMap((name) => (parameters[name] === undefined ? [] : [parameters[name]]))
  const resolved = (): Formulas => {
    const entries = Object.entries(parameters).map(([name, parameter]) => [name, resolve(parameter)])
    return formulas(Object.fromEntries(entries) as Resolved)
  }
  const toValue = (z: Tensor): Tensor => constant(resolved().toValue(z) as Tensor)
  return {
    moved: made,
    toValue,
    fromValue: (x) => constant(resolved().fromValue(x) as Tensor),
    standard: () => {
      const { standard, isScale } = resolved()
      return made.some((parameter) => isTensor(parameter))
        ? checked(standard(), isScale, (z) => distribution.logProb(toValue(z)))
        : standard()
    },
  }
}

/** A number for each element of a batch: no tensor, so that supports do not seem to depend on what is computed. */
export function filled(batchShape: readonly number[], value: number): number | NdArray {
  if (batchShape.length === 0) return value
  return new NdArray(new Float64Array(sizeOf(batchShape)).fill(value), batchShape)
}

function resolve(parameter: Parameter): Real {
  return typeof parameter === 'number' ? parameter : constant(parameter as never)
}

/**
 * The standard member, with a density of NaN where there is no scale: deviations from a normal distribution of scale −1 would
 * have one otherwise, and values as if the scale was 1.
 *
 * @param check where nothing is traced: makes the distribution say what is wrong with its parameters.
 */
function checked(standard: Distribution, isScale: () => Real, check: (z: Tensor) => void): Distribution {
  const logProb = (z: Tensor): Tensor => {
    if (!isTracing()) check(z)
    return where(isScale(), standard.logProb(z), NaN) as Tensor
  }
  return Object.freeze({ ...standard, logProb }) as Distribution
}
