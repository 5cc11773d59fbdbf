import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError, ShapeError } from '../errors.ts'
import { sizeOf } from '../ndarray.ts'
import { shown } from '../shown.ts'
import type { ArrayOfAnyRank } from '../toArray.ts'

/** Numbers of any shape as plain data, row-major; an `NdArray` is one. */
export interface PlainArray {
  readonly shape: readonly number[]
  readonly data: ArrayLike<number>
}

/**
 * A number, nested arrays or an `NdArray` as plain data of its own; nothing is rounded.
 *
 * @param who names it in errors.
 * @throws ShapeError for ragged rows, and for data that do not fill their shape; DomainError for what is not a number.
 */
export function plainArray(x: Exclude<ArrayOfAnyRank, Tensor>, who: string): PlainArray {
  const { data: given, shape: its } = (x ?? {}) as Partial<PlainArray>
  if (given && its) {
    const { data } = plainArray(given as never, who)
    if (sizeOf(its, `${who}: shape`) !== data.length) {
      throw new ShapeError(`${who}: shape [${its}] does not hold ${data.length} elements`)
    }
    return { data, shape: [...its] }
  }
  if (isView(x) && typeof x[0] === 'number') return { data: new Float64Array(x), shape: [x.length] }
  const shape: number[] = []
  for (let item: unknown = x; isRow(item); item = item[0]) shape.push(item.length)
  const data: number[] = []
  const collect = (item: unknown, axis: number): void => {
    if (isRow(item) ? item.length !== shape[axis] : axis < shape.length) {
      throw new ShapeError(`${who} is ragged: its rows differ in length`)
    }
    if (isRow(item)) for (let i = 0; i < item.length; i++) collect(item[i], axis + 1)
    else if (typeof item === 'number') data.push(item)
    else throw new DomainError(`${who} must be a number, an array of numbers or a tensor, got ${shown(item)}`)
  }
  collect(x, 0)
  return { data: new Float64Array(data), shape }
}

function isRow(x: unknown): x is ArrayLike<unknown> {
  return Array.isArray(x) || isView(x)
}

function isView(x: unknown): x is ArrayLike<number> {
  return ArrayBuffer.isView(x)
}
