import { NdArray, special } from '@variate/core'
import { checkCounts } from './grayImages.ts'

/**
 * n × n points of a latent space of two dimensions that share the probability of a standard normal prior evenly: the quantiles
 * (i + ½) / n of each dimension. They are in the order in which a picture is read, the first row being that of the largest z₂.
 *
 * @returns shape [n², 2], to be decoded for `latentManifold`.
 * @throws DomainError if n is not a whole number ≥ 1.
 * @see Kingma and Welling, Auto-Encoding Variational Bayes (ICLR 2014), figure 4.
 *
 * @example
 * ```ts
 * import { manifoldPoints } from '@variate/plot'
 *
 * manifoldPoints(2).toNested() // => [[-0.6745, 0.6745], [0.6745, 0.6745], [-0.6745, -0.6745], [0.6745, -0.6745]]
 * ```
 */
export function manifoldPoints(n: number): NdArray<Float64Array> {
  const quantiles = normalQuantiles(n, 'manifoldPoints')
  const data = quantiles.toReversed().flatMap((down) => quantiles.flatMap((right) => [right, down]))
  return new NdArray(Float64Array.from(data), [n * n, 2])
}

/** The quantiles (i + ½) / n of the standard normal, in ascending order. */
export function normalQuantiles(n: number, who: string): readonly number[] {
  checkCounts({ n }, 1, who)
  return Array.from({ length: n }, (_, i) => special.ndtri((i + 0.5) / n))
}
