import { DomainError, NdArray, ShapeError, type NumericArray } from '@variate/core'
import { shown } from '@variate/core/internal'

/** The class of each row: an array, or an `NdArray` of shape [n]. */
export type ClassLabels<Label extends number | string> = ArrayLike<Label> | NdArray<NumericArray>

/**
 * The labels of `n` rows, checked.
 *
 * @throws ShapeError for another number of them; DomainError for what is neither a finite number nor text.
 */
export function classLabels<Label extends number | string>(
  labels: ClassLabels<Label>,
  n: number,
  who: string,
): Label[] {
  if (typeof labels !== 'object' || labels === null)
    throw new DomainError(`${who} must be an array, got ${shown(labels)}`)
  if (labels instanceof NdArray && labels.rank !== 1)
    throw new ShapeError(`${who} must have shape [${n}], got [${labels.shape}]`)
  const values = Array.from((labels instanceof NdArray ? labels.data : labels) as ArrayLike<Label>)
  if (values.length !== n) throw new ShapeError(`${who} must be one a row, ${n}, got ${values.length}`)
  const bad = values.findIndex((value) => typeof value !== 'string' && !Number.isFinite(value))
  if (bad >= 0)
    throw new DomainError(`${who} must be finite numbers or text, got ${shown(values[bad])} at [${bad}]`)
  return values
}
