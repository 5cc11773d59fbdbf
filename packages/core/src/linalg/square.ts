import { ShapeError } from '../errors.ts'
import { toMatrix, type MatrixLike } from '../matrix.ts'

/** A copy of a square matrix's elements, row-major, and its size. */
export function squareCopy(a: MatrixLike, who: string): { data: Float64Array; n: number } {
  const { data, shape } = toMatrix(a, who)
  const [rows, columns] = shape as [number, number]
  if (rows !== columns) throw new ShapeError(`${who} must be square, got shape [${shape}]`)
  return { data: data.slice(), n: rows }
}
