import { FormatError, ndarray, type NdArray } from '@variate/core'
import { readAsset } from './readAsset.ts'
import { Table } from './table.ts'

const MEASURES = [
  'Radius',
  'Texture',
  'Perimeter',
  'Area',
  'Smoothness',
  'Compactness',
  'Concavity',
  'ConcavePoints',
  'Symmetry',
  'FractalDimension',
] as const

type Measure = (typeof MEASURES)[number]

/** Of each measure the mean over the nuclei of an image, the standard error of it, and the mean of the three largest. */
export type BreastCancerColumn = `mean${Measure}` | `${Uncapitalize<Measure>}Error` | `worst${Measure}`

/** Nuclei of cells of breast masses: see `breastCancer`. */
export interface BreastCancer {
  /** Shape [569, 30]. */
  readonly measurements: Table<BreastCancerColumn>
  /** The diagnosis of each mass as an index into `diagnosisNames`, shape [569]: 212 are malignant. */
  readonly diagnosis: NdArray<Int32Array>
  readonly diagnosisNames: readonly ['malignant', 'benign']
}

const ROWS = 569

/**
 * 569 breast masses: thirty measurements of the nuclei of their cells in an image of a fine needle aspirate, and whether the mass
 * was malignant or benign. Read from a file of 47 KB that ships with the package: from disk in Node, by `fetch` in the browser.
 *
 * Source: W. Wolberg, O. Mangasarian, N. Street and W. Street, "Breast Cancer Wisconsin (Diagnostic)", UCI Machine Learning
 * Repository (1993), doi:10.24432/C5DW2B (CC BY 4.0), in the order and with the values of scikit-learn; see
 * assets/breast-cancer-notice.txt.
 *
 * Under Vite's development server list the package in `optimizeDeps.exclude`: a pre-bundled package cannot find its own files.
 *
 * @throws FormatError if the file is missing, damaged or cut short.
 *
 * @example
 * ```ts
 * import { breastCancer } from '@variate/data'
 *
 * const { measurements, diagnosis, diagnosisNames } = await breastCancer()
 * measurements.shape // => [569, 30]
 * measurements.column('meanRadius')[0] // => 17.99
 * diagnosisNames[diagnosis.at(0)] // => 'malignant'
 * ```
 */
export async function breastCancer(): Promise<BreastCancer> {
  const who = 'breastCancer: assets/breast-cancer.csv.gz'
  const bytes = await readAsset(new URL('../assets/breast-cancer.csv.gz', import.meta.url), who)
  return decodeMasses(new TextDecoder().decode(bytes), who)
}

/**
 * Masses of lines of numbers, the diagnosis last.
 *
 * @throws FormatError for anything but 569 lines of 31 numbers.
 */
export function decodeMasses(text: string, who: string): BreastCancer {
  const columns = MEASURES.length * 3
  const rows = text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(',').map(Number))
  const bad = rows.findIndex((row) => row.length !== columns + 1 || !row.every(Number.isFinite))
  if (bad >= 0) throw new FormatError(`${who}: line ${bad + 1} is not ${columns + 1} numbers`)
  if (rows.length !== ROWS) throw new FormatError(`${who}: expected ${ROWS} lines, got ${rows.length}`)
  return {
    measurements: new Table(Float64Array.from(rows.flatMap((row) => row.slice(0, columns))), [
      ...MEASURES.map((name) => `mean${name}` as const),
      ...MEASURES.map(
        (name) => `${name[0]!.toLowerCase()}${name.slice(1)}Error` as `${Uncapitalize<Measure>}Error`,
      ),
      ...MEASURES.map((name) => `worst${name}` as const),
    ]),
    diagnosis: ndarray(Int32Array.from(rows, (row) => row[columns]!)),
    diagnosisNames: ['malignant', 'benign'],
  }
}
