import { NdArray, ShapeError } from '@variate/core'

/**
 * Observations by named variables: a float64 matrix of shape [n, d] that knows what its columns are
 * called. It is an `NdArray`, and goes wherever one is taken.
 *
 * @example
 * ```ts
 * import { Table } from '@variate/data'
 *
 * const sizes = new Table(Float64Array.of(1, 10, 2, 20, 3, 30), ['width', 'height'])
 * sizes.shape // => [3, 2]
 * sizes.column('height') // => [10, 20, 30]
 * ```
 */
export class Table<Column extends string = string> extends NdArray<Float64Array> {
  /** The name of each column, in order. */
  readonly columns: readonly Column[]

  /**
   * @param values row-major: one row after the other.
   * @throws ShapeError if `values` does not divide into rows of one value a column, or a name occurs twice.
   */
  constructor(values: Float64Array, columns: readonly Column[]) {
    if (columns.length === 0 || values.length % columns.length !== 0) {
      throw new ShapeError(`table: ${values.length} values do not make rows of ${columns.length} columns`)
    }
    const twice = columns.find((name, index) => columns.indexOf(name) !== index)
    if (twice !== undefined) throw new ShapeError(`table: column "${twice}" occurs twice`)
    super(values, [values.length / columns.length, columns.length])
    this.columns = Object.freeze([...columns])
  }

  /**
   * A copy of one column, of length n.
   *
   * @throws ShapeError if there is no column of this name.
   */
  column(name: Column): Float64Array {
    const offset = this.columns.indexOf(name)
    if (offset < 0) throw new ShapeError(`table: no column "${name}"; there are ${this.columns.join(', ')}`)
    const width = this.columns.length
    return Float64Array.from({ length: this.shape[0]! }, (_, row) => this.data[row * width + offset]!)
  }
}
