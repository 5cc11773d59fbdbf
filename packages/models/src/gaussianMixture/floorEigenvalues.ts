import { linalg, ndarray } from '@variate/core'

/** Rounding of an eigenvalue, relative to the largest one, for each row of the matrix. */
const RESOLUTION = 32 * Number.EPSILON

/**
 * Raises the eigenvalues of a symmetric matrix (d×d at `offset`) that are below `floor` to it, or to what
 * float64 can tell from 0 beside the largest one. Of all Σ with no eigenvalue below the floor the result
 * maximises −log|Σ| − tr(Σ⁻¹S), so that an M-step with a floor is still an exact one and the likelihood
 * never falls. (Adding the floor to the diagonal would not be.)
 */
export function floorEigenvalues(matrices: Float64Array, d: number, offset: number, floor: number): void {
  const matrix = matrices.subarray(offset, offset + d * d)
  const least = Math.max(floor, d * RESOLUTION * trace(matrix, d))
  if (isAbove(matrix, d, least)) return
  const { values, vectors } = linalg.eigh(ndarray(matrix, [d, d]))
  const raised = values.data.map((value) => Math.max(value, least))
  for (let a = 0; a < d; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0
      for (let j = 0; j < d; j++) sum += vectors.data[a * d + j]! * raised[j]! * vectors.data[b * d + j]!
      matrix[a * d + b] = matrix[b * d + a] = sum
    }
  }
}

/** The sum of the eigenvalues, which is above the largest of them. */
function trace(matrix: Float64Array, d: number): number {
  let sum = 0
  for (let a = 0; a < d; a++) sum += matrix[a * d + a]!
  return sum
}

/** Whether S − floor·I is positive definite, which costs far less to know than the eigenvalues. */
function isAbove(matrix: Float64Array, d: number, floor: number): boolean {
  const shifted = matrix.slice()
  for (let a = 0; a < d; a++) shifted[a * d + a] = shifted[a * d + a]! - floor
  return linalg.choleskyInPlace(shifted, d) < 0
}
