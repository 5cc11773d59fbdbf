import type { Mixture } from './mixture.ts'
import { matrixOffset } from './whiten.ts'

/** Rows of W that are gone through together, so that no sum waits for another. */
const ROWS = 4

/** tr(Σₖ⁻¹·M) = Σₐ wₐᵀ·M·wₐ over the rows of W, for a full symmetric M [d, d]. */
export function traceOfWhitened(mixture: Mixture, k: number, matrix: Float64Array): number {
  const { dimension: d, whitening } = mixture
  const offset = matrixOffset(mixture, k)
  let trace = 0
  let a = 0
  for (; a + ROWS <= d; a += ROWS) trace += quadraticForms(matrix, whitening, d, offset + a * d, a + ROWS)
  for (; a < d; a++) trace += quadraticForm(matrix, whitening, d, offset + a * d, a + 1)
  return trace
}

/** wᵀ·M·w for a row w of `length` numbers: Σ_b w_b·(2·Σ_{c<b} M_bc·w_c + M_bb·w_b). */
function quadraticForm(
  matrix: Float64Array,
  whitening: Float64Array,
  d: number,
  row: number,
  length: number,
): number {
  let total = 0
  for (let b = 0; b < length; b++) {
    let sum = 0
    for (let c = 0; c < b; c++) sum += matrix[b * d + c]! * whitening[row + c]!
    const weight = whitening[row + b]!
    total += weight * (2 * sum + matrix[b * d + b]! * weight)
  }
  return total
}

/** The sum of the forms of four rows that follow each other, of which all but the last end in zeros. */
function quadraticForms(
  matrix: Float64Array,
  whitening: Float64Array,
  d: number,
  row: number,
  length: number,
): number {
  const [row1, row2, row3] = [row + d, row + 2 * d, row + 3 * d]
  let total = 0
  for (let b = 0; b < length; b++) {
    const rowB = b * d
    let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0]
    for (let c = 0; c < b; c++) {
      const x = matrix[rowB + c]!
      sum0 += x * whitening[row + c]!
      sum1 += x * whitening[row1 + c]!
      sum2 += x * whitening[row2 + c]!
      sum3 += x * whitening[row3 + c]!
    }
    const x = matrix[rowB + b]!
    const [w0, w1, w2, w3] = [
      whitening[row + b]!,
      whitening[row1 + b]!,
      whitening[row2 + b]!,
      whitening[row3 + b]!,
    ]
    total +=
      w0 * (2 * sum0 + x * w0) +
      w1 * (2 * sum1 + x * w1) +
      w2 * (2 * sum2 + x * w2) +
      w3 * (2 * sum3 + x * w3)
  }
  return total
}
