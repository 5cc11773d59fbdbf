import type { Tensor } from '@tensorflow/tfjs-core'
import { ShapeError, type NdArray } from '@variate/core'
import { cast, drawUniform, foldInKey, less, type AnyKey } from '@variate/core/ops'
import type { SiteTensors } from '@variate/families'
import type { Setting } from './problemOf.ts'

/** What draws are handed: they may be of a package without TensorFlow.js. */
export interface DrawOperations {
  readonly cast: typeof cast
  readonly drawUniform: typeof drawUniform
  readonly less: typeof less
}

export const OPERATIONS: DrawOperations = { cast, drawUniform, less }

/** Data that are drawn afresh at each step, such as pixels of brightnesses: what `resampled` of @variate/data makes. */
export interface DrawnData {
  readonly kind: 'resampled'
  /** What they are drawn of, an example a row. */
  readonly values: NdArray
  /** Data of some examples: a pure function of tensors, which keeps the shape. */
  draw(key: AnyKey, values: Tensor, operations: DrawOperations): Tensor
}

export function isDrawnData(x: unknown): x is DrawnData {
  return typeof x === 'object' && x !== null && 'kind' in x && x.kind === 'resampled'
}

/**
 * The data of a step that are drawn in it.
 *
 * @param taken what they are drawn of, for the elements that the step takes.
 */
export function freshlyDrawn(
  { drawn = {}, model }: Setting,
  taken: SiteTensors,
  key: AnyKey,
): Record<string, Tensor> {
  const draws = Object.entries(drawn).map(([name, { draw }], at): [string, Tensor] => {
    const values = taken[name]!
    const own = sameShape(draw(foldInKey(key, at), values, OPERATIONS), values, name)
    return [name, cast(own, model.specs[name]!.dtype as 'float32')]
  })
  return Object.fromEntries(draws)
}

/** @throws ShapeError for a draw of another shape than what it is drawn of. */
export function sameShape(draw: Tensor, values: Tensor, name: string): Tensor {
  if (String(draw.shape) === String(values.shape)) return draw
  throw new ShapeError(
    `resampled data of "${name}": the draw has shape [${draw.shape}], expected [${values.shape}]`,
  )
}

/** Data as the steps see them: what is drawn afresh is there as what it is drawn of. */
export function sourcesOf({ model, drawn = {} }: Setting): Setting['model']['values'] {
  const sources = Object.entries(drawn).map(([name, { values }]) => [name, values] as const)
  return { ...model.values, ...Object.fromEntries(sources) }
}
