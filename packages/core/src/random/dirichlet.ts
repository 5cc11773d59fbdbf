import { ShapeError } from '../errors.ts'
import { NdArray } from '../ndarray.ts'
import { checkShape } from './checkShape.ts'
import { fillDirichlet } from './fillDirichlet.ts'
import { newFloatArray, type FloatArray, type FloatType } from './floatType.ts'
import { checkKey, type Key } from './key.ts'
import { POSITIVE, readPlain, toParameter, type RandomParameter } from './toParameter.ts'

export interface DirichletOptions<Type extends FloatType = FloatType> {
  /** > 0, of shape [...batch, K], K categories; the batch broadcasts to the shape of the draws. */
  readonly concentration: RandomParameter
  /** `'float32'` if not given. */
  readonly dtype?: Type
}

/**
 * Draws from the Dirichlet distribution: rows of K probabilities that sum to 1, as gamma draws over their sum, by
 * their logarithms.
 *
 * Equal keys give equal draws, row i the same in every length; they are not those of
 * `jax.random.dirichlet`, whose way of drawing is another.
 *
 * @param shape the shape of the draws, K left out: the result has shape [...shape, K].
 * @throws DomainError for a concentration that is not > 0, a key or a dtype that is none; ShapeError for a shape that
 * is none or that the batch does not broadcast to, and without categories.
 *
 * @example
 * ```ts
 * import { key, random } from '@variate/core'
 *
 * random.dirichlet(key(0), [2], { concentration: [1, 2, 3] }).toNested() // => [[0.125559, 0.175016, 0.699425], [0.133614, 0.384112, 0.482273]]
 * ```
 */
export function dirichlet<Type extends FloatType = 'float32'>(
  key: Key,
  shape: readonly number[],
  options: DirichletOptions<Type>,
): NdArray<FloatArray<Type>>
export function dirichlet(
  key: Key,
  shape: readonly number[],
  { concentration, dtype = 'float32' }: DirichletOptions,
): NdArray<Float32Array | Float64Array> {
  const who = 'random.dirichlet'
  checkKey(key, who)
  checkShape(shape, who)
  const categories = readPlain(concentration, `${who}: concentration`).shape.at(-1)
  if (categories === undefined || categories === 0) {
    throw new ShapeError(`${who}: concentration must have at least one category on the last axis`)
  }
  const rows = [...shape, categories]
  const data = newFloatArray(dtype, checkShape(rows, who), who)
  const parameter = toParameter(concentration, rows, `${who}: concentration`, POSITIVE)
  fillDirichlet(key, parameter, categories, data)
  return new NdArray(data, rows)
}
