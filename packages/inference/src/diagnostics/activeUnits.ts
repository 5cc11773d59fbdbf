import { DomainError, ShapeError, toMatrix, type MatrixLike } from '@variate/core'
import { shown } from '@variate/core/internal'

export interface ActiveUnitsOptions {
  /** Above which variance a dimension is active; 0.01, if not given. */
  readonly threshold?: number | undefined
}

/** Which dimensions of a latent tell the data apart. */
export interface ActiveUnits {
  /** How many are active. */
  readonly count: number
  /** Which they are, in ascending order. */
  readonly active: readonly number[]
  /** Var over the data of E_q[z | x], of each dimension: [d]. */
  readonly variances: Float64Array
}

/**
 * The dimensions of a latent that a model uses: those whose posterior means differ from one observation to the next. Of a dimension
 * that has collapsed to its prior, the mean is the same for all of them.
 *
 * @param means E_q[z | x] of each observation, [n, d] with n ≥ 2: for normal posteriors the encoder's locations.
 * @throws ShapeError for ragged rows, or fewer than two; DomainError for what is not finite, and a threshold below 0.
 * @see Burda, Grosse and Salakhutdinov, Importance Weighted Autoencoders (ICLR 2016), section 5.2: A_u = Cov_x(E[u | x]) > 10⁻².
 *
 * @example
 * ```ts
 * import { activeUnits } from '@variate/inference'
 *
 * const { count, active, variances } = activeUnits([[-1, 0.02], [0, 0.03], [1, 0.01]])
 * count // => 1
 * active // => [0]
 * variances // => [1, 0.0001]
 * ```
 */
export function activeUnits(means: MatrixLike, { threshold = 0.01 }: ActiveUnitsOptions = {}): ActiveUnits {
  const { data, shape } = toMatrix(means, 'activeUnits: means')
  const [n, d] = [shape[0]!, shape[1]!]
  if (n < 2) throw new ShapeError(`activeUnits: means must have two rows or more, got shape [${shape}]`)
  if (!(threshold >= 0)) throw new DomainError(`activeUnits: threshold must be ≥ 0, got ${shown(threshold)}`)
  const variances = Float64Array.from({ length: d }, (_, column) => varianceOf(data, column, d, n))
  const active = Array.from(variances.keys()).filter((column) => variances[column]! > threshold)
  return { count: active.length, active, variances }
}

/** The unbiased estimate, of the differences from the mean: those of squares would cancel. */
function varianceOf(data: Float64Array, column: number, d: number, n: number): number {
  let mean = 0
  for (let row = 0; row < n; row++) mean += (data[row * d + column]! - mean) / (row + 1)
  let sum = 0
  for (let row = 0; row < n; row++) sum += (data[row * d + column]! - mean) ** 2
  return sum / (n - 1)
}
