import { DomainError, ShapeError } from './errors.ts'
import type { TensorLike } from './matrix.ts'
import { indicesOf, NdArray, type Nested, type NumericArray } from './ndarray.ts'

/** Numbers of any shape: nested arrays, plain data or a tensor. */
export type ArrayOfAnyRank = Nested | NdArray<NumericArray> | TensorLike

/**
 * `x` as float64 numbers, row-major, checked to be of `shape` and finite.
 *
 * @param who names the value in errors.
 * @throws ShapeError for another shape or ragged rows; DomainError for what is not a finite number.
 */
export function toArray(x: ArrayOfAnyRank, shape: readonly number[], who: string): Float64Array {
  const found = typeof x === 'object' && 'shape' in x ? x.shape : nestedShape(x)
  if (found.length !== shape.length || found.some((length, axis) => length !== shape[axis])) {
    throw new ShapeError(`${who} must have shape [${shape}], got [${found}]`)
  }
  const values = Float64Array.from(flatten(x, shape, who))
  const bad = values.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0)
    throw new DomainError(`${who} must be finite, got ${values[bad]} at [${indicesOf(bad, shape)}]`)
  return values
}

function nestedShape(x: Nested): number[] {
  if (typeof x !== 'object' || x === null) return []
  return [x.length, ...(x.length === 0 ? [] : nestedShape(x[0]!))]
}

function flatten(x: ArrayOfAnyRank, shape: readonly number[], who: string): ArrayLike<number> {
  if (typeof x === 'object' && 'dataSync' in x) return x.dataSync()
  if (x instanceof NdArray) return x.data
  const out: number[] = []
  collect(x as Nested, shape, 0, out, who)
  return out
}

function collect(x: Nested, shape: readonly number[], axis: number, out: number[], who: string): void {
  if (axis === shape.length) {
    if (typeof x !== 'number') throw new DomainError(`${who} must hold numbers, got ${JSON.stringify(x)}`)
    out.push(x)
    return
  }
  if (typeof x === 'number' || x === null || x.length !== shape[axis]) {
    throw new ShapeError(`${who} must have shape [${shape}], but it is ragged`)
  }
  for (const item of Array.from(x)) collect(item, shape, axis + 1, out, who)
}
