import { ShapeError } from '../errors.ts'
import { sizeOf } from '../ndarray.ts'

/**
 * The number of elements of a shape that a user gave.
 *
 * @throws ShapeError if it is not an array of whole numbers ≥ 0.
 */
export function checkShape(shape: readonly number[], who: string): number {
  if (!Array.isArray(shape)) {
    throw new ShapeError(
      `${who}: shape must be an array, [n] for n draws or [] for one, got ${String(shape)}`,
    )
  }
  return sizeOf(shape)
}
