import { DomainError, foldIn, NdArray, split, type ArrayOfAnyRank, type Key } from '@variate/core'
import { shown, sizeOf } from '@variate/core/internal'
import {
  reparameterization,
  type Draws,
  type Estimator,
  type EstimatorByFactor,
  type FactorChoice,
} from '@variate/estimators'
import type { FamilyKinds } from '@variate/families'
import type { Model, ModelTypes, Randomness } from '@variate/language'
import type { Bound } from '@variate/language/internal'
import type { EmData } from '../em/em.ts'
import { keyFrom } from '../keyFrom.ts'
import { mergedMoments, type Moments } from './mergedMoments.ts'
import { allOf, measurer, type Params } from './measurer.ts'
import { checkNames, withNamed } from './namedLeaves.ts'
import type { TakenUnsaid } from './compatible.ts'
import type { BbviOptions } from './options.ts'
import { structureOf, type Setting } from './problemOf.ts'
import { settingOf } from './settingOf.ts'

export type EstimatorVarianceOptions<
  Types extends ModelTypes,
  Plates extends string,
  Kinds extends FamilyKinds,
  Needs extends Draws,
  Guided extends ModelTypes,
> = Pick<BbviOptions<Types, Plates, Kinds, Needs, Guided>, 'family' | 'guide' | 'estimator'> & {
  /** Parameters at which it is measured, without bounds, by the names of the result; others are where a fit would begin. */
  readonly params?: Readonly<Record<string, ArrayOfAnyRank>>
}

export type EstimatorVarianceRunOptions = Randomness & {
  /** How many estimates are made; 1000, if not given. */
  readonly repeats?: number
  /** After how many estimates, of which an estimator may keep what it is to keep; 100, if not given. */
  readonly warmUp?: number
}

/** How the gradient in one parameter varies, number by number. */
export interface ParameterVariance {
  readonly mean: NdArray<Float64Array>
  readonly variance: NdArray<Float64Array>
  /** |mean| over the standard deviation; ∞ for what does not vary, 0 for what is always 0. */
  readonly signalToNoise: NdArray<Float64Array>
}

export interface EstimatorVariance {
  /** By the names of the parameters: the model's own, and those of the family, such as `mu.loc`. */
  readonly params: Readonly<Record<string, ParameterVariance>>
  /** What is done with each factor of q, and why; of estimators that take all factors together there is nothing to say. */
  readonly choices: readonly FactorChoice[]
  /** The sum of all variances: of the gradient as a vector. */
  readonly total: number
}

/** About as many numbers are computed with at once. */
const AT_ONCE = 2 ** 17

/**
 * How much an estimator's gradient varies from draw to draw, at parameters that stay where they are.
 *
 * @param model any declared model.
 * @param options the family or the guide, the estimator, and the parameters.
 * @param data observations and inputs; parameters that are given are known.
 * @param runOptions how many estimates there are, and where random numbers come from.
 * @throws DomainError and ShapeError for data and parameters that do not fit, and fewer than two repeats; UnsupportedError for a
 *   family or an estimator that cannot take a latent, which is named.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { normal } from '@variate/distributions'
 * import { reparameterization, scoreFunction } from '@variate/estimators'
 * import { meanField } from '@variate/families'
 * import { estimatorVariance } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const level = model('level').latent('mu', normal(0, 1)).observed('x', ({ mu }) => normal(mu, 1))
 * const of = (estimator: ReturnType<typeof scoreFunction>) =>
 *   estimatorVariance(level, { family: meanField(), estimator }, { x: 2 }, { seed: 0 })
 * const path = await estimatorVariance(
 *   level, { family: meanField(), estimator: reparameterization() }, { x: 2 }, { seed: 0 },
 * )
 * path.params['mu.loc']!.mean.data[0] // => 2.0
 * const score = await of(scoreFunction())
 * score.total > 10 * path.total // => true
 * ```
 */
export async function estimatorVariance<
  Types extends ModelTypes,
  Plates extends string,
  const Kinds extends FamilyKinds = { readonly continuous: 'reparameterized'; readonly discrete: true },
  const Needs extends Draws = never,
  Guided extends ModelTypes = ModelTypes,
>(
  model: Model<Types, Plates> & TakenUnsaid<Types, Needs>,
  options: EstimatorVarianceOptions<Types, Plates, Kinds, Needs, Guided>,
  data: EmData<Types>,
  runOptions: EstimatorVarianceRunOptions,
): Promise<EstimatorVariance> {
  const { program } = model
  const who = `model "${program.name}": estimatorVariance`
  const key = keyFrom(who, runOptions)
  const { repeats = 1000, warmUp = 100 } = runOptions
  checkCount(who, 'repeats', repeats, 2)
  checkCount(who, 'warmUp', warmUp, 0)
  const setting = settingOf(program, options as never, data, who)
  const estimator = (options.estimator ?? reparameterization()) as unknown as Estimator
  const params = paramsOf(setting, options.params ?? {}, key, who)
  const measured = measurer(setting, estimator, params, who)
  const state = measured.settled(warmUp, foldIn(key, 2))
  const all = partsOf(setting.model, estimator, repeats).map((count, at) =>
    measured.moments(split(foldIn(foldIn(key, 3), at), count), state),
  )
  return { ...resultOf(allOf(params), all), choices: choicesOf(setting, estimator, who) }
}

/** The parameters that a fit with the same key would begin with, but for those that are given. */
function paramsOf(
  { theta, variational }: Setting,
  given: Readonly<Record<string, ArrayOfAnyRank>>,
  key: Key,
  who: string,
): Params {
  const start = foldIn(key, 0)
  const [own, guide] = [theta.init(foldIn(start, 0)), variational.init(foldIn(start, 1))]
  checkNames([own, guide], given, who)
  return { model: withNamed(own, given, who), guide: withNamed(guide, given, who) }
}

/** How many estimates are made at once, in parts of about equal size. */
function partsOf({ specs }: Bound, { particles }: Estimator, repeats: number): readonly number[] {
  const numbers = Object.values(specs).reduce((total, { shape }) => total + sizeOf(shape), 1)
  const atOnce = Math.max(4, Math.floor(AT_ONCE / (numbers * particles)))
  const parts = Math.ceil(repeats / atOnce)
  return Array.from(
    { length: parts },
    (_, at) => Math.floor(((at + 1) * repeats) / parts) - Math.floor((at * repeats) / parts),
  )
}

function resultOf(
  leaves: readonly (readonly [string, NdArray])[],
  parts: readonly (readonly Moments[])[],
): Pick<EstimatorVariance, 'params' | 'total'> {
  let total = 0
  const params = leaves.map(([name, { shape }], at): [string, ParameterVariance] => {
    const { count, mean, squares } = parts.map((part) => part[at]!).reduce(mergedMoments)
    const variance = squares.map((x) => x / (count - 1))
    total += variance.reduce((sum, x) => sum + x, 0)
    const ratio = mean.map((x, i) => (x === 0 ? 0 : Math.abs(x) / Math.sqrt(variance[i]!)))
    return [
      name,
      {
        mean: new NdArray(mean, shape),
        variance: new NdArray(variance, shape),
        signalToNoise: new NdArray(ratio, shape),
      },
    ]
  })
  return { params: Object.fromEntries(params), total }
}

function choicesOf(setting: Setting, estimator: Estimator, who: string): readonly FactorChoice[] {
  if (!('choose' in estimator)) return []
  return structureOf(setting, new Map()).factors.map((factor) => {
    const { estimator: own, reason } = (estimator as EstimatorByFactor).choose(factor, who)
    return { factor: factor.name, estimator: own, reason }
  })
}

function checkCount(who: string, name: string, count: number, least: number): void {
  if (Number.isInteger(count) && count >= least) return
  throw new DomainError(`${who}: ${name} must be a whole number ≥ ${least}, got ${shown(count)}`)
}
