import { linalg, ndarray, type NdArray } from '@variate/core'
import { mnist, poolImages } from '@variate/data'
import { gaussianMixture } from '@variate/models'

/** Digits, and a linear encoder and decoder of them. */
export interface PrincipalComponents {
  /** A thousand digits of 14 × 14 pixels: [1000, 196]. */
  readonly images: NdArray
  readonly labels: NdArray<Int32Array>
  readonly size: { readonly height: 14; readonly width: 14 }
  /** Of images [m, 196], in standard deviations: [m, d]. */
  encode(images: NdArray, d: number): NdArray
  /** Of z [m, d], d being any number of components: [m, 196]. */
  decode(z: NdArray): NdArray
}

let fitted: Promise<PrincipalComponents> | undefined

/** The simplest latent space of digits, as the page has it: computed once, for all of its figures. */
export function principalComponents(): Promise<PrincipalComponents> {
  fitted ??= fit()
  return fitted
}

async function fit(): Promise<PrincipalComponents> {
  const digits = await mnist({ count: 1000 })
  const images = poolImages(digits.images, { height: 28, width: 28, by: 2 })
  const { means, covariances } = await gaussianMixture({ components: 1 }).fit(images, {
    regularization: 1e-4,
  })
  const [mean] = means.toNested<number[][]>()
  const [covariance] = covariances.toNested<number[][][]>()
  const { values, vectors } = linalg.eigh(covariance!)
  const pixels = mean!.length
  const scale = (k: number): number => Math.sqrt(values.at(pixels - 1 - k))
  const along = (k: number, j: number): number => vectors.at(j, pixels - 1 - k)
  const mapRows = (
    x: NdArray,
    columns: number,
    map: (row: readonly number[], at: number) => number,
  ): NdArray => {
    const rows = x.toNested<number[][]>()
    const data = rows.flatMap((row) => Array.from({ length: columns }, (_, at) => map(row, at)))
    return ndarray(Float64Array.from(data), [rows.length, columns])
  }
  return {
    images,
    labels: digits.labels,
    size: { height: 14, width: 14 },
    encode: (x, d) =>
      mapRows(x, d, (row, k) => row.reduce((sum, v, j) => sum + (v - mean![j]!) * along(k, j), 0) / scale(k)),
    decode: (z) =>
      mapRows(z, pixels, (row, j) => row.reduce((sum, v, k) => sum + v * scale(k) * along(k, j), mean![j]!)),
  }
}
