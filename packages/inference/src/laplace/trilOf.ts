import { linalg, NdArray } from '@variate/core'

/** What the full-rank family holds of a covariance: of its Cholesky factor what is below the diagonal, then the logs of the diagonal. */
export function trilOf(covariance: NdArray<Float64Array>): NdArray<Float64Array> {
  const n = covariance.shape[0]!
  const { data } = linalg.cholesky(covariance)
  const below = Array.from({ length: n }, (_, row) => [...data.subarray(row * n, row * n + row)])
  const diagonal = Array.from({ length: n }, (_, row) => Math.log(data[row * n + row]!))
  const all = Float64Array.from([...below.flat(), ...diagonal])
  return new NdArray(all, [all.length])
}
