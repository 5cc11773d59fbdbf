import { isDense, type Mixture } from '../mixture.ts'
import { matrixOffset } from '../whiten.ts'
import { TILE, type Layout } from './layout.ts'

/**
 * Writes what whitens into a kernel's memory: for dense forms each lower triangle in tiles of four rows, the numbers of one
 * column of them together; in the plane its three numbers; else the reciprocals of deviations.
 */
export function packWhitening(
  mixture: Mixture,
  { form, whitening, whiteningStep }: Layout,
  out: Float64Array,
): void {
  const { dimension: d, components, covariance } = mixture
  const matrices = covariance === 'tied' ? 1 : components
  if (!isDense(covariance)) out.set(mixture.whitening, whitening / 8)
  else
    for (let k = 0; k < matrices; k++) {
      const [from, to] = [matrixOffset(mixture, k), (whitening + k * whiteningStep) / 8]
      if (form === 'dense') packTiles(mixture.whitening, from, d, out, to)
      else
        out.set(
          [0, 2, 3].map((i) => mixture.whitening[from + i]!),
          to,
        )
    }
}

function packTiles(matrix: Float64Array, from: number, d: number, out: Float64Array, to: number): void {
  for (let tile = 0, at = to; tile < d; tile += TILE)
    for (let column = 0; column < Math.min(tile + TILE, d); column++)
      for (let row = tile; row < tile + TILE; row++)
        out[at++] = row < d && column <= row ? matrix[from + row * d + column]! : 0
}
