import { DomainError, NdArray, ShapeError, type TensorLike } from '@variate/core'
import { indicesOf, shown, sizeOf } from '@variate/core/internal'

/** Data of a site: a number, nested arrays with null for what is missing, plain data or a tensor. */
export type Data = DataArray | NdArray | TensorLike | Float32Array | Float64Array | Int32Array | Uint8Array
export type DataArray = number | boolean | null | readonly DataArray[]

/** Data as numbers: 0 where they are missing. */
export interface PlainData {
  readonly shape: readonly number[]
  readonly data: Float64Array
  /** For each element whether it is missing; undefined if none is. */
  readonly missing: Uint8Array | undefined
}

/**
 * Data as numbers.
 *
 * @param who names them in errors.
 * @throws DomainError for what is no number, truth value or null, and for NaN; ShapeError for ragged arrays.
 */
export function plainData(x: unknown, who: string): PlainData {
  if (ArrayBuffer.isView(x) && !(x instanceof DataView))
    return checked(x as never, [(x as never)['length']], who)
  if (x instanceof NdArray) return checked(x.data, x.shape, who)
  if (typeof x === 'object' && x !== null && 'dataSync' in x) {
    const tensor = x as TensorLike
    return checked(tensor.dataSync(), tensor.shape, who)
  }
  const shape = shapeOf(x)
  const values: number[] = []
  const missing: number[] = []
  collect(x, shape, 0, who, values, missing)
  return {
    ...checked(values, shape, who),
    missing: missing.includes(1) ? Uint8Array.from(missing) : undefined,
  }
}

/** Of events that are all missing nobody wrote the shape: it is the one that is expected. */
export function filledOut(plain: PlainData, shape: readonly number[]): PlainData {
  const isAll = plain.missing?.every((is) => is === 1) ?? false
  if (!isAll || String(plain.shape) !== String(shape.slice(0, plain.shape.length))) return plain
  const size = sizeOf(shape)
  return { shape, data: new Float64Array(size), missing: new Uint8Array(size).fill(1) }
}

function checked(values: ArrayLike<number>, shape: readonly number[], who: string): PlainData {
  const data = new Float64Array(values)
  const bad = firstNaN(data)
  if (bad < 0) return { shape, data, missing: undefined }
  throw new DomainError(`${who}: data are NaN at [${indicesOf(bad, shape)}]: write null for what is missing`)
}

function shapeOf(x: unknown): readonly number[] {
  if (!Array.isArray(x)) return []
  const whole = x.find((item) => item !== null)
  return [x.length, ...(whole === undefined ? [] : shapeOf(whole))]
}

function collect(
  x: unknown,
  shape: readonly number[],
  axis: number,
  who: string,
  values: number[],
  missing: number[],
): void {
  const size = sizeOf(shape.slice(axis))
  if (x === null || x === undefined) {
    if (x === undefined) throw new DomainError(`${who}: data must be numbers, got undefined`)
    for (let i = 0; i < size; i++) [values, missing].forEach((to, j) => to.push(j))
  } else if (axis === shape.length) {
    if (typeof x !== 'number' && typeof x !== 'boolean') {
      if (Array.isArray(x)) throw ragged(who, shape, axis, x)
      const what = x instanceof Date ? `${shown(x)}, a date` : shown(x)
      throw new DomainError(
        `${who}: data must be numbers, got ${what} at [${indicesOf(values.length, shape)}]`,
      )
    }
    values.push(Number(x))
    missing.push(0)
  } else {
    if (!Array.isArray(x) || x.length !== shape[axis]) throw ragged(who, shape, axis, x)
    for (const item of x) collect(item, shape, axis + 1, who, values, missing)
  }
}

function ragged(who: string, shape: readonly number[], axis: number, x: unknown): ShapeError {
  const got = Array.isArray(x) ? `a row of ${x.length}` : shown(x)
  return new ShapeError(
    `${who}: data are ragged: the first row makes the shape [${shape}], and there is ${got} along axis ${axis}`,
  )
}

/** Where there is NaN first, or −1: a loop, for data are long. */
function firstNaN(data: Float64Array): number {
  for (let at = 0; at < data.length; at++) if (Number.isNaN(data[at]!)) return at
  return -1
}
