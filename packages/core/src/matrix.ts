import { DomainError, ShapeError } from './errors.ts'
import { NdArray, type NumericArray } from './ndarray.ts'

/** What has a shape and can be read as numbers: a TensorFlow.js tensor, of any copy and any backend. */
export interface TensorLike {
  readonly shape: readonly number[]
  dataSync(): ArrayLike<number>
}

/** Observations by variables: nested rows, an array of plain data, or a tensor, of shape [n, d]. */
export type MatrixLike = readonly ArrayLike<number>[] | NdArray<NumericArray> | TensorLike

/** One number for each observation: an array, a typed array, an `NdArray` or a tensor, of shape [n]. */
export type VectorLike = ArrayLike<number> | NdArray<NumericArray> | TensorLike

/**
 * `x` as a float64 matrix of shape [n, d], checked: a float64 `NdArray` is used as it is, everything else
 * is copied once.
 *
 * @param who names the caller in errors, `'gaussianMixture.fit: x'`.
 * @throws ShapeError for ragged rows or an array that has not two axes; DomainError for NaN or ±Infinity.
 */
export function toMatrix(x: MatrixLike, who: string): NdArray<Float64Array> {
  requireObject(x, who)
  const matrix = hasShape(x) ? fromShaped(x, who) : fromRows(x, who)
  checkFinite(matrix, who)
  return matrix
}

/**
 * `x` as float64 numbers, checked like a matrix.
 *
 * @param length what is expected.
 * @throws ShapeError for another length; DomainError for NaN or ±Infinity.
 */
export function toVector(x: VectorLike, length: number, who: string): Float64Array {
  requireObject(x, who)
  const data = hasShape(x) ? readNumbers(x) : x
  if (hasShape(x) && x.shape.length !== 1) {
    throw new ShapeError(`${who} must have one axis, got shape [${x.shape}]`)
  }
  if (data.length !== length) throw new ShapeError(`${who} must have length ${length}, got ${data.length}`)
  const vector =
    data instanceof Float64Array ? data : Float64Array.from(data, (value, i) => numberIn(value, [i], who))
  const bad = vector.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0) throw new DomainError(`${who} must be finite, got ${data[bad]} at [${bad}]`)
  return vector
}

function hasShape(x: MatrixLike | VectorLike): x is NdArray<NumericArray> | TensorLike {
  return 'shape' in x
}

/** Callers without a type checker pass what they have. */
function requireObject(x: unknown, who: string): void {
  if (typeof x !== 'object' || x === null) throw new DomainError(`${who} must be an array, got ${print(x)}`)
}

function print(value: unknown): string {
  return typeof value === 'bigint' ? `${value}n` : (JSON.stringify(value) ?? String(value))
}

function readNumbers(x: NdArray<NumericArray> | TensorLike): ArrayLike<number> {
  return 'dataSync' in x ? x.dataSync() : x.data
}

function fromShaped(x: NdArray<NumericArray> | TensorLike, who: string): NdArray<Float64Array> {
  if (x.shape.length !== 2) {
    throw new ShapeError(`${who} must have two axes, [observations, variables], got shape [${x.shape}]`)
  }
  const data = readNumbers(x)
  return new NdArray(data instanceof Float64Array ? data : Float64Array.from(data), x.shape)
}

function fromRows(rows: readonly ArrayLike<number>[], who: string): NdArray<Float64Array> {
  const first = rows[0]
  if (first === undefined) throw new ShapeError(`${who} is empty: it needs at least one row`)
  if (!isRow(first)) {
    throw new ShapeError(`${who} must have two axes, [observations, variables]: wrap each number, [[1], [2]]`)
  }
  const columns = first.length
  const data = new Float64Array(rows.length * columns)
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!
    if (!isRow(row)) throw new ShapeError(`${who} has ragged rows: row ${i} is ${print(row)}`)
    if (row.length !== columns) {
      throw new ShapeError(`${who} has ragged rows: row 0 has ${columns} columns, row ${i} has ${row.length}`)
    }
    for (let j = 0; j < columns; j++) data[i * columns + j] = numberIn(row[j], [i, j], who)
  }
  return new NdArray(data, [rows.length, columns])
}

function isRow(row: unknown): row is ArrayLike<unknown> {
  return typeof row === 'object' && row !== null
}

/** Numbers that come from JSON or a CSV file may be null or text, whatever their type says. */
function numberIn(value: unknown, [row, column]: readonly number[], who: string): number {
  if (typeof value === 'number') return value
  const where = column === undefined ? `[${row}]` : `row ${row}, column ${column}`
  throw new DomainError(`${who} must hold numbers, got ${print(value)} at ${where}`)
}

function checkFinite({ data, shape }: NdArray<Float64Array>, who: string): void {
  const [rows, columns] = shape as [number, number]
  if (rows === 0 || columns === 0) {
    throw new ShapeError(`${who} is empty, shape [${shape}]: it needs at least one row and one column`)
  }
  for (let index = 0; index < data.length; index++) {
    if (!Number.isFinite(data[index]!)) {
      const [row, column] = [Math.floor(index / columns), index % columns]
      throw new DomainError(`${who} must be finite, got ${data[index]} at row ${row}, column ${column}`)
    }
  }
}
