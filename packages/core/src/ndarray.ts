import { ShapeError } from './errors.ts'
import { shown } from './shown.ts'

/** What an `NdArray` may hold. Counts and labels are int32, random bits uint32, images uint8. */
export type NumericArray = Float32Array | Float64Array | Int32Array | Uint32Array | Uint8Array

/** Numbers nested as deep as an array has axes: `number`, `number[]`, `number[][]`, … */
export type Nested = number | readonly Nested[]

/**
 * An n-dimensional array of plain data, row-major. Results are handed out in this form, so that nobody
 * has to dispose them.
 *
 * @example
 * ```ts
 * import { ndarray } from '@variate/core'
 *
 * const a = ndarray(Float64Array.of(1, 2, 3, 4, 5, 6), [2, 3])
 * a.at(1, 0) // => 4
 * a.toNested() // => [[1, 2, 3], [4, 5, 6]]
 * ```
 */
export class NdArray<Data extends NumericArray = NumericArray> {
  /** The length of each axis; `[]` for a scalar. */
  readonly shape: readonly number[]
  /** The elements, row-major: the last axis runs fastest. */
  readonly data: Data

  /** @throws ShapeError if `data` has not as many elements as `shape` says. */
  constructor(data: Data, shape: readonly number[]) {
    const size = sizeOf(shape)
    if (data.length !== size) {
      throw new ShapeError(`ndarray: shape [${shape}] holds ${size} elements, got ${data.length}`)
    }
    this.data = data
    this.shape = Object.freeze([...shape])
  }

  get rank(): number {
    return this.shape.length
  }

  get size(): number {
    return this.data.length
  }

  /**
   * The element at one index per axis.
   *
   * @throws ShapeError if there are not as many indices as axes, or one is out of range.
   */
  at(...indices: readonly number[]): number {
    if (indices.length !== this.rank) {
      throw new ShapeError(`ndarray: shape [${this.shape}] takes ${this.rank} indices, got [${indices}]`)
    }
    let offset = 0
    for (const [axis, length] of this.shape.entries()) {
      const index = indices[axis]!
      if (!Number.isInteger(index) || index < 0 || index >= length) {
        throw new ShapeError(`ndarray: index [${indices}] is outside shape [${this.shape}]`)
      }
      offset = offset * length + index
    }
    return this.data[offset]!
  }

  /**
   * The elements as nested arrays; a plain number for a scalar. The type says no depth unless it is given:
   * `toNested<number[][]>()`.
   */
  toNested<Result extends Nested = Nested>(): Result {
    return nest(this.data, this.shape, 0, 0) as Result
  }

  /** What `JSON.stringify` writes: the nested arrays. */
  toJSON(): Nested {
    return this.toNested()
  }
}

/**
 * An array of `data` (kept, not copied) in `shape`; without `shape`, of one axis.
 *
 * @throws ShapeError if `data` has not as many elements as `shape` says.
 */
export function ndarray<Data extends NumericArray>(data: Data, shape?: readonly number[]): NdArray<Data> {
  return new NdArray(data, shape ?? [data.length])
}

/**
 * The number of elements in an array of this shape.
 *
 * @throws ShapeError unless it is an array of whole numbers ≥ 0.
 */
export function sizeOf(shape: readonly number[], who = 'shape'): number {
  if (!Array.isArray(shape) || !shape.every((length) => Number.isInteger(length) && length >= 0)) {
    throw new ShapeError(
      `${who} must be an array of whole numbers ≥ 0, such as [3] or [], got ${shown(shape)}`,
    )
  }
  return shape.reduce((size, length) => size * length, 1)
}

/** The index on each axis of the element at `offset`. */
export function indicesOf(offset: number, shape: readonly number[]): number[] {
  const indices: number[] = []
  for (const length of shape.toReversed()) {
    indices.unshift(offset % length)
    offset = Math.floor(offset / length)
  }
  return indices
}

function nest(data: NumericArray, shape: readonly number[], axis: number, offset: number): Nested {
  if (axis === shape.length) return data[offset]!
  const stride = shape.slice(axis + 1).reduce((size, length) => size * length, 1)
  return Array.from({ length: shape[axis]! }, (_, i) => nest(data, shape, axis + 1, offset + i * stride))
}
