import { NdArray, sizeOf } from '../ndarray.ts'
import { checkShape } from './checkShape.ts'
import { fillGumbel32, fillGumbel64 } from './fillGumbel.ts'
import { newFloatArray, type FloatType } from './floatType.ts'
import { checkKey, type Key } from './key.ts'
import { toLogits, type CategoricalParameters } from './toLogits.ts'

export type CategoricalOptions = CategoricalParameters & {
  /** The precision of the noise, `'float32'` if not given: it cannot draw a category less probable than 1e-7. */
  readonly dtype?: FloatType
}

/**
 * Draws categories 0 … K − 1, K the length of the last axis of the parameters, by the Gumbel-max trick:
 * the same as `jax.random.categorical(key, logits, shape=(*shape, *batch))`.
 *
 * @param shape the shape of the draws from each distribution: the result has shape [...shape, ...batch]
 * for parameters of shape [...batch, K].
 * @throws DomainError if probs are negative or do not sum to 1 (within 1e-5), for logits that are NaN or
 * +Infinity, and where no category is possible; ShapeError for ragged rows.
 *
 * @example
 * ```ts
 * import { key, random } from '@variate/core'
 *
 * random.categorical(key(0), [5], { probs: [0.1, 0.2, 0.7] }).toNested() // => [1, 2, 2, 1, 2]
 * random.categorical(key(0), [], { logits: [[0, -Infinity], [-Infinity, 0]] }).toNested() // => [0, 1]
 * ```
 */
export function categorical(
  key: Key,
  shape: readonly number[],
  options: CategoricalOptions,
): NdArray<Int32Array> {
  const who = 'random.categorical'
  checkKey(key, who)
  checkShape(shape, who)
  const logits = toLogits(options, who)
  const categories = logits.shape.at(-1)!
  const drawn = [...shape, ...logits.shape.slice(0, -1)]
  const draws = new Int32Array(sizeOf(drawn))
  const noise = newFloatArray(options.dtype ?? 'float32', draws.length * categories, who)
  if (noise instanceof Float32Array) fillGumbel32(key, noise)
  else fillGumbel64(key, noise)
  const scores = addLogits(noise, logits.data)
  for (let i = 0; i < draws.length; i++) draws[i] = indexOfMaximum(scores, i * categories, categories)
  return new NdArray(draws, drawn)
}

/** The noise plus the logits, which repeat for each draw, in the precision of the noise. */
function addLogits<Floats extends Float32Array | Float64Array>(noise: Floats, logits: Float64Array): Floats {
  const rounded = noise instanceof Float32Array ? Float32Array.from(logits) : logits
  for (let i = 0, j = 0; i < noise.length; i++, j++) {
    if (j === rounded.length) j = 0
    noise[i]! += rounded[j]!
  }
  return noise
}

/** The first of the maxima, relative to `start`. */
function indexOfMaximum(scores: Float32Array | Float64Array, start: number, length: number): number {
  let best = 0
  for (let i = 1; i < length; i++) if (scores[start + i]! > scores[start + best]!) best = i
  return best
}
