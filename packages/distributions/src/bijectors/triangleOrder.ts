import type { Tensor } from '@tensorflow/tfjs-core'
import { ShapeError } from '@variate/core'
import { concat, constant, fill, gather, reshape } from '@variate/core/ops'
import type { Shape } from '../distribution.ts'

/** The size n of a matrix that has `length` = n(n − 1)/2 elements below its diagonal, or n(n + 1)/2 with it. */
export function sizeOfTriangle(who: string, shape: Shape, withDiagonal: boolean): number {
  const length = shape.at(-1)!
  const larger = (1 + Math.sqrt(1 + 8 * length)) / 2
  const n = withDiagonal ? larger - 1 : larger
  if (Number.isInteger(n) && n > 0) return n
  throw new ShapeError(
    `${who}: vectors must have length n(n ${withDiagonal ? '+' : '−'} 1)/2, got shape [${shape.join(', ')}]`,
  )
}

/** @throws ShapeError if the last two axes of `shape` are not the same. */
export function sizeOfSquare(who: string, shape: Shape): number {
  const [rows, columns] = shape.slice(-2)
  if (rows === columns && rows! > 0) return rows!
  throw new ShapeError(`${who}: matrices must be square, got shape [${shape.join(', ')}]`)
}

/** The matrix [..., n, n] with a vector [..., n(n − 1)/2] below its diagonal, row by row, and 0 elsewhere. */
export function toStrictlyLower(x: Tensor, n: number): Tensor {
  const lead = x.shape.slice(0, -1)
  const zero = x.shape.at(-1)!
  const indices = Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n]
    return j < i ? (i * (i - 1)) / 2 + j : zero
  })
  const padded = concat([x, fill([...lead, 1], 0)], -1)
  return reshape(gather(padded, constant(indices, 'int32'), -1), [...lead, n, n])
}

/** The elements [..., n(n − 1)/2] below the diagonals of matrices, row by row. */
export function strictlyLowerOf(a: Tensor): Tensor {
  const n = a.shape.at(-1)!
  const indices = Array.from({ length: n }, (_, i) => Array.from({ length: i }, (__, j) => i * n + j)).flat()
  return gather(reshape(a, [...a.shape.slice(0, -2), n * n]), constant(indices, 'int32'), -1)
}
