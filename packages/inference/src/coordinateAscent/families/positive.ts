import { linalg } from '@variate/core'
import { solveLower, solveTransposed } from '../../exact/triangles.ts'

/** A symmetric positive definite matrix by its Cholesky factor. */
export interface Positive {
  readonly factor: Float64Array
  readonly logDeterminant: number
  readonly inverse: Float64Array
}

/** @returns undefined for a matrix that is not positive definite. */
export function positiveOf(matrix: Float64Array, n: number): Positive | undefined {
  const factor = matrix.slice()
  if (linalg.choleskyInPlace(factor, n) >= 0) return undefined
  let logDeterminant = 0
  for (let i = 0; i < n; i++) logDeterminant += 2 * Math.log(factor[i * n + i]!)
  const half = factor.slice()
  linalg.invertLowerInPlace(half, n)
  const inverse = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0
      for (let k = i; k < n; k++) sum += half[k * n + i]! * half[k * n + j]!
      inverse[i * n + j] = inverse[j * n + i] = sum
    }
  }
  return { factor, logDeterminant, inverse }
}

/** A⁻¹·b. */
export function solve({ factor }: Positive, b: ArrayLike<number>): Float64Array {
  return solveTransposed(factor, solveLower(factor, b))
}

export function scaled(matrix: Float64Array, by: number): Float64Array {
  return matrix.map((x) => x * by)
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}
