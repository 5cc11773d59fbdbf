import { DomainError, ShapeError, toMatrix, type MatrixLike } from '@variate/core'

/** The matrix of a regression, and how others are made like it. */
export interface Design {
  /** [n, d], row-major, standardized where asked. */
  readonly x: Float64Array
  readonly rows: number
  readonly columns: number
  /** What the columns are called, where x knows it. */
  readonly names: readonly string[] | undefined
  /** What is taken from each column, and what it is then divided by. */
  readonly shift: Float64Array
  readonly scale: Float64Array
}

/**
 * @throws ShapeError for ragged rows; DomainError for no data, numbers that are not finite, and columns that are constant where they
 *   are to be standardized.
 */
export function designOf(who: string, given: MatrixLike, standardize: boolean): Design {
  const { data, shape } = toMatrix(given, `${who}: x`)
  const [rows, columns] = shape as [number, number]
  const names = namesOf(given)
  const shift = new Float64Array(columns)
  const scale = new Float64Array(columns).fill(1)
  if (standardize) {
    for (let column = 0; column < columns; column++) {
      const values = Float64Array.from({ length: rows }, (_, row) => data[row * columns + column]!)
      const mean = values.reduce((sum, value) => sum + value / rows, 0)
      const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows)
      if (values.every((value) => value === values[0])) {
        const name = names ? ` ("${names[column]}")` : ''
        throw new DomainError(
          `${who}: column ${column}${name} is constant, ${values[0]}, and cannot be standardized: leave it out`,
        )
      }
      shift[column] = mean
      scale[column] = deviation
    }
  }
  return { x: scaled(data, shift, scale), rows, columns, names, shift, scale }
}

/**
 * Other rows, standardized as those of the fit.
 *
 * @throws ShapeError for another number of columns, DomainError for columns that are called otherwise.
 */
export function rowsLike(
  who: string,
  { columns, names, shift, scale }: Design,
  given: MatrixLike,
): { readonly x: Float64Array; readonly rows: number } {
  const { data, shape } = toMatrix(given, `${who}: x`)
  if (shape[1] !== columns) {
    throw new ShapeError(`${who}: the model was fitted to ${columns} columns, x has shape [${shape}]`)
  }
  const own = namesOf(given)
  const other = names && own ? own.findIndex((name, column) => name !== names[column]) : -1
  if (other >= 0) {
    throw new DomainError(
      `${who}: column ${other} of x is "${own![other]}", in the fit it was "${names![other]}"`,
    )
  }
  return { x: scaled(data, shift, scale), rows: shape[0]! }
}

/** The names of the columns of a table. */
function namesOf(x: MatrixLike): readonly string[] | undefined {
  return 'columns' in x && Array.isArray(x.columns) ? (x.columns as readonly string[]) : undefined
}

function scaled(x: Float64Array, shift: Float64Array, scale: Float64Array): Float64Array {
  const d = shift.length
  return x.map((value, at) => (value - shift[at % d]!) / scale[at % d]!)
}
