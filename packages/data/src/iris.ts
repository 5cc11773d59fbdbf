import { ndarray, type NdArray } from '@variate/core'
import { Table } from './table.ts'

export type IrisColumn = 'sepalLength' | 'sepalWidth' | 'petalLength' | 'petalWidth'

/** Fisher's iris: see `iris`. */
export interface Iris {
  /** Lengths and widths in centimetres, shape [150, 4]. */
  readonly measurements: Table<IrisColumn>
  /** The species of each flower as an index into `speciesNames`, shape [150]: 50 of each, in order. */
  readonly species: NdArray<Int32Array>
  readonly speciesNames: readonly ['setosa', 'versicolor', 'virginica']
}

/**
 * 150 iris flowers of three species: sepal and petal, length and width, in centimetres. A fresh copy each
 * call.
 *
 * Source: `iris` as R ships it; E. Anderson's measurements, in R. A. Fisher, "The use of multiple
 * measurements in taxonomic problems", Annals of Eugenics 7 (1936) 179–188. The copy of the UCI repository
 * departs from Fisher's paper in flowers 35 and 38 (counted from 1), and so did scikit-learn's before 0.20;
 * R's and this one do not.
 *
 * @example
 * ```ts
 * import { iris } from '@variate/data'
 *
 * const { measurements, species, speciesNames } = iris()
 * measurements.shape // => [150, 4]
 * measurements.columns // => ['sepalLength', 'sepalWidth', 'petalLength', 'petalWidth']
 * speciesNames[species.at(149)] // => 'virginica'
 * ```
 */
export function iris(): Iris {
  return {
    measurements: new Table(Float64Array.from(VALUES), [
      'sepalLength',
      'sepalWidth',
      'petalLength',
      'petalWidth',
    ]),
    species: ndarray(Int32Array.from({ length: 150 }, (_, flower) => Math.floor(flower / 50))),
    speciesNames: ['setosa', 'versicolor', 'virginica'],
  }
}

/** Four measurements a flower, in the order of the columns. */
const VALUES: readonly number[] = [
  5.1, 3.5, 1.4, 0.2, 4.9, 3, 1.4, 0.2, 4.7, 3.2, 1.3, 0.2, 4.6, 3.1, 1.5, 0.2, 5, 3.6, 1.4, 0.2, 5.4, 3.9,
  1.7, 0.4, 4.6, 3.4, 1.4, 0.3, 5, 3.4, 1.5, 0.2, 4.4, 2.9, 1.4, 0.2, 4.9, 3.1, 1.5, 0.1, 5.4, 3.7, 1.5, 0.2,
  4.8, 3.4, 1.6, 0.2, 4.8, 3, 1.4, 0.1, 4.3, 3, 1.1, 0.1, 5.8, 4, 1.2, 0.2, 5.7, 4.4, 1.5, 0.4, 5.4, 3.9, 1.3,
  0.4, 5.1, 3.5, 1.4, 0.3, 5.7, 3.8, 1.7, 0.3, 5.1, 3.8, 1.5, 0.3, 5.4, 3.4, 1.7, 0.2, 5.1, 3.7, 1.5, 0.4,
  4.6, 3.6, 1, 0.2, 5.1, 3.3, 1.7, 0.5, 4.8, 3.4, 1.9, 0.2, 5, 3, 1.6, 0.2, 5, 3.4, 1.6, 0.4, 5.2, 3.5, 1.5,
  0.2, 5.2, 3.4, 1.4, 0.2, 4.7, 3.2, 1.6, 0.2, 4.8, 3.1, 1.6, 0.2, 5.4, 3.4, 1.5, 0.4, 5.2, 4.1, 1.5, 0.1,
  5.5, 4.2, 1.4, 0.2, 4.9, 3.1, 1.5, 0.2, 5, 3.2, 1.2, 0.2, 5.5, 3.5, 1.3, 0.2, 4.9, 3.6, 1.4, 0.1, 4.4, 3,
  1.3, 0.2, 5.1, 3.4, 1.5, 0.2, 5, 3.5, 1.3, 0.3, 4.5, 2.3, 1.3, 0.3, 4.4, 3.2, 1.3, 0.2, 5, 3.5, 1.6, 0.6,
  5.1, 3.8, 1.9, 0.4, 4.8, 3, 1.4, 0.3, 5.1, 3.8, 1.6, 0.2, 4.6, 3.2, 1.4, 0.2, 5.3, 3.7, 1.5, 0.2, 5, 3.3,
  1.4, 0.2, 7, 3.2, 4.7, 1.4, 6.4, 3.2, 4.5, 1.5, 6.9, 3.1, 4.9, 1.5, 5.5, 2.3, 4, 1.3, 6.5, 2.8, 4.6, 1.5,
  5.7, 2.8, 4.5, 1.3, 6.3, 3.3, 4.7, 1.6, 4.9, 2.4, 3.3, 1, 6.6, 2.9, 4.6, 1.3, 5.2, 2.7, 3.9, 1.4, 5, 2, 3.5,
  1, 5.9, 3, 4.2, 1.5, 6, 2.2, 4, 1, 6.1, 2.9, 4.7, 1.4, 5.6, 2.9, 3.6, 1.3, 6.7, 3.1, 4.4, 1.4, 5.6, 3, 4.5,
  1.5, 5.8, 2.7, 4.1, 1, 6.2, 2.2, 4.5, 1.5, 5.6, 2.5, 3.9, 1.1, 5.9, 3.2, 4.8, 1.8, 6.1, 2.8, 4, 1.3, 6.3,
  2.5, 4.9, 1.5, 6.1, 2.8, 4.7, 1.2, 6.4, 2.9, 4.3, 1.3, 6.6, 3, 4.4, 1.4, 6.8, 2.8, 4.8, 1.4, 6.7, 3, 5, 1.7,
  6, 2.9, 4.5, 1.5, 5.7, 2.6, 3.5, 1, 5.5, 2.4, 3.8, 1.1, 5.5, 2.4, 3.7, 1, 5.8, 2.7, 3.9, 1.2, 6, 2.7, 5.1,
  1.6, 5.4, 3, 4.5, 1.5, 6, 3.4, 4.5, 1.6, 6.7, 3.1, 4.7, 1.5, 6.3, 2.3, 4.4, 1.3, 5.6, 3, 4.1, 1.3, 5.5, 2.5,
  4, 1.3, 5.5, 2.6, 4.4, 1.2, 6.1, 3, 4.6, 1.4, 5.8, 2.6, 4, 1.2, 5, 2.3, 3.3, 1, 5.6, 2.7, 4.2, 1.3, 5.7, 3,
  4.2, 1.2, 5.7, 2.9, 4.2, 1.3, 6.2, 2.9, 4.3, 1.3, 5.1, 2.5, 3, 1.1, 5.7, 2.8, 4.1, 1.3, 6.3, 3.3, 6, 2.5,
  5.8, 2.7, 5.1, 1.9, 7.1, 3, 5.9, 2.1, 6.3, 2.9, 5.6, 1.8, 6.5, 3, 5.8, 2.2, 7.6, 3, 6.6, 2.1, 4.9, 2.5, 4.5,
  1.7, 7.3, 2.9, 6.3, 1.8, 6.7, 2.5, 5.8, 1.8, 7.2, 3.6, 6.1, 2.5, 6.5, 3.2, 5.1, 2, 6.4, 2.7, 5.3, 1.9, 6.8,
  3, 5.5, 2.1, 5.7, 2.5, 5, 2, 5.8, 2.8, 5.1, 2.4, 6.4, 3.2, 5.3, 2.3, 6.5, 3, 5.5, 1.8, 7.7, 3.8, 6.7, 2.2,
  7.7, 2.6, 6.9, 2.3, 6, 2.2, 5, 1.5, 6.9, 3.2, 5.7, 2.3, 5.6, 2.8, 4.9, 2, 7.7, 2.8, 6.7, 2, 6.3, 2.7, 4.9,
  1.8, 6.7, 3.3, 5.7, 2.1, 7.2, 3.2, 6, 1.8, 6.2, 2.8, 4.8, 1.8, 6.1, 3, 4.9, 1.8, 6.4, 2.8, 5.6, 2.1, 7.2, 3,
  5.8, 1.6, 7.4, 2.8, 6.1, 1.9, 7.9, 3.8, 6.4, 2, 6.4, 2.8, 5.6, 2.2, 6.3, 2.8, 5.1, 1.5, 6.1, 2.6, 5.6, 1.4,
  7.7, 3, 6.1, 2.3, 6.3, 3.4, 5.6, 2.4, 6.4, 3.1, 5.5, 1.8, 6, 3, 4.8, 1.8, 6.9, 3.1, 5.4, 2.1, 6.7, 3.1, 5.6,
  2.4, 6.9, 3.1, 5.1, 2.3, 5.8, 2.7, 5.1, 1.9, 6.8, 3.2, 5.9, 2.3, 6.7, 3.3, 5.7, 2.5, 6.7, 3, 5.2, 2.3, 6.3,
  2.5, 5, 1.9, 6.5, 3, 5.2, 2, 6.2, 3.4, 5.4, 2.3, 5.9, 3, 5.1, 1.8,
]
