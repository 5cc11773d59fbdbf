import { sizeOf } from '../ndarray.ts'

/**
 * The number of elements of a shape that a user gave.
 *
 * @throws ShapeError if it is not an array of whole numbers ≥ 0.
 */
export function checkShape(shape: readonly number[], who: string): number {
  return sizeOf(shape, `${who}: shape`)
}
