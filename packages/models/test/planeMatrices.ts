import type { GaussianMixtureFit } from '@variate/models'

export type Matrix = number[][]
export const determinant = (m: Matrix): number => m[0]![0]! * m[1]![1]! - m[0]![1]! * m[1]![0]!
export const inverse = (m: Matrix): Matrix => {
  const det = determinant(m)
  return [
    [m[1]![1]! / det, -m[0]![1]! / det],
    [-m[1]![0]! / det, m[0]![0]! / det],
  ]
}
export const quadratic = (m: Matrix, v: number[]): number =>
  v[0]! * (m[0]![0]! * v[0]! + 2 * m[0]![1]! * v[1]!) + m[1]![1]! * v[1]! ** 2

/** The covariances of a fit in the plane as matrices, one a component; elements of `covariances` may be moved. */
export function sigmasOf(
  { covariance, covariances, components }: GaussianMixtureFit,
  moved?: (index: number) => number,
): Matrix[] {
  const value = (index: number) => covariances.data[index]! + (moved?.(index) ?? 0)
  return Array.from({ length: components }, (_, k) => {
    if (covariance === 'full')
      return [
        [value(4 * k), value(4 * k + 1)],
        [value(4 * k + 2), value(4 * k + 3)],
      ]
    if (covariance === 'tied')
      return [
        [value(0), value(1)],
        [value(2), value(3)],
      ]
    if (covariance === 'diagonal')
      return [
        [value(2 * k), 0],
        [0, value(2 * k + 1)],
      ]
    return [
      [value(k), 0],
      [0, value(k)],
    ]
  })
}
