import { foldIn, key, NdArray, random } from '@variate/core'
import { estimatorVariance } from '@variate/inference'
import { allOf, type Params } from '../../src/bbvi/measurer.ts'
import { settingOf } from '../../src/bbvi/settingOf.ts'
import type { Setting } from '../../src/bbvi/problemOf.ts'
import type { TableEstimator } from './estimators.ts'
import type { Gradient } from './exactGradient.ts'
import { FAMILIES } from './families.ts'
import type { TableModel } from './models.ts'

/** What is known of an estimator with a family. */
export type Cell =
  | { readonly refused: string }
  | {
      /** Of the gradient as a vector, in a step. */
      readonly variance: number
      /** The length of the mean's difference from the exact gradient, less its noise, of that, and how many standard errors it is off at most. */
      readonly bias: number
      readonly length: number
      readonly farthest: number
    }

/** A model with a family, at parameters in no special place. */
export interface Column {
  readonly of: TableModel
  readonly chosen: object
  readonly setting: Setting
  readonly params: Params
}

/** @throws UnsupportedError for a family that cannot take a latent of the model. */
export function columnOf(of: TableModel, family: string): Column {
  const chosen = family === 'guide' ? { guide: of.guide } : { family: FAMILIES[family]!(of.continuous) }
  const setting = settingOf(of.declared.program, chosen as never, of.data, WHO)
  const moved = (tree: object, at: number): object =>
    Object.fromEntries(
      Object.entries(tree).map(([name, item], i) => [
        name,
        item instanceof NdArray ? shifted(item, foldIn(key(at), i)) : moved(item as object, at + i + 1),
      ]),
    )
  const params = { model: {}, guide: moved(setting.variational.init(key(7)), 1) } as Params
  return { of, chosen, setting, params }
}

const WHO = 'table'

function shifted({ data, shape }: NdArray, own: ReturnType<typeof key>): NdArray {
  const noise = random.normal(own, shape, { dtype: 'float64' }).data
  return new NdArray(
    Float64Array.from(data, (x, i) => x + 0.15 * noise[i]!),
    shape,
  )
}

/**
 * Measures an estimator with a model and a family.
 *
 * @param repeats how many keys there are.
 * @param exact the gradient that its mean is to be.
 */
export async function measured(
  { of, chosen, params }: Column,
  { estimator }: TableEstimator,
  repeats: number,
  seed: number,
  exact: Gradient,
): Promise<Cell> {
  const named = Object.fromEntries(allOf(params))
  try {
    const result = await estimatorVariance(
      of.declared,
      { ...chosen, estimator, params: named } as never,
      of.data as never,
      { seed, repeats, warmUp: 20 },
    )
    let [bias, length, farthest] = [0, 0, 0]
    for (const [name, { mean, variance }] of Object.entries(result.params)) {
      for (const [at, value] of exact.get(name)!.entries()) {
        const off = Math.abs(mean.data[at]! - value)
        bias += off ** 2
        length += value ** 2
        farthest = Math.max(farthest, off / Math.max(Math.sqrt(variance.data[at]! / repeats), ROUNDING))
      }
    }
    const ownBias = Math.sqrt(Math.max(0, bias - result.total / repeats))
    return { variance: result.total, bias: ownBias, length: Math.sqrt(length), farthest }
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error
    return { refused: reasonIn(error.message) }
  }
}

/** What quadrature may be off. */
const ROUNDING = 1e-6

/** An error's message without what was called. */
export function reasonIn(message: string): string {
  return message.replace(/^(model "[^"]*": )?(estimatorVariance|table): (model "[^"]*": )?/, '')
}
