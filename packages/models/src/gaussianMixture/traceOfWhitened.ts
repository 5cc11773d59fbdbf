import type { Mixture } from './mixture.ts'
import { matrixOffset } from './whiten.ts'

/** tr(Σₖ⁻¹·M) = Σₐ wₐᵀ·M·wₐ over the rows of W, for a full symmetric M [d, d]. */
export function traceOfWhitened(mixture: Mixture, k: number, matrix: Float64Array): number {
  const { dimension: d, whitening } = mixture
  const offset = matrixOffset(mixture, k)
  let trace = 0
  for (let a = 0; a < d; a++) {
    const row = offset + a * d
    for (let b = 0; b <= a; b++) {
      let sum = 0
      for (let c = 0; c <= a; c++) sum += matrix[b * d + c]! * whitening[row + c]!
      trace += whitening[row + b]! * sum
    }
  }
  return trace
}
