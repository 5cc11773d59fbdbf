import type { Design } from './design.ts'
import type { FamilyPrograms } from './familyPrograms.ts'
import { inverse } from './inverse.ts'

/** The powers of a block in which conditional moments may be linear. */
const POWERS = [-2, -1, 1, 2] as const

/** A block of one number: how large it is in each point of a design, relative to the middle, and its distribution. */
export interface ScalarBlock {
  readonly ratios: Float64Array
  /** Its number in the design. */
  readonly block: number
  /** E[ratio^p] for p from −4 to 4. */
  readonly moments: Float64Array
}

/** Of a function of independent blocks. */
interface FunctionMoments {
  readonly mean: number
  readonly variance: number
}

/** What is smaller than this, relative to the function, is rounding. */
const NEGLIGIBLE = 1e-10

/** How exactly a function must be of the form, relative to its largest term. */
const TOLERANCE = 1e-7

/**
 * The mean and the variance of a function a + Σ b·(block's ratio)^p of blocks that are independent: of conditional moments of
 * normal latents, which are multiples of a variance, 1 / a precision, or a squared standard deviation.
 *
 * @param values the function in each point of the design.
 * @param least a size below which the function counts as 0, relative to rounding.
 * @returns undefined where the function is of no such form, or its moments are not known.
 */
export function functionMoments(
  values: ArrayLike<number>,
  design: Design,
  blocks: readonly ScalarBlock[],
  least: number,
): FunctionMoments | undefined {
  let largest = least
  for (let point = 0; point < design.ends; point++) largest = Math.max(largest, Math.abs(values[point]!))
  let [constant, mean, variance] = [values[0]!, 0, 0]
  const terms: { readonly of: ScalarBlock; readonly power: number; readonly by: number }[] = []
  for (const of of blocks) {
    const own = design.variations[of.block]!
    const matrix = Float64Array.from(
      own.flatMap((point) => POWERS.map((power) => of.ratios[point]! ** power - 1)),
    )
    const solution = inverse(matrix, own.length)!
    for (const [i, power] of POWERS.entries()) {
      let by = 0
      for (const [j, point] of own.entries())
        by += solution[i * own.length + j]! * (values[point]! - values[0]!)
      if (Math.abs(by) <= NEGLIGIBLE * largest) continue
      terms.push({ of, power, by })
      constant -= by
    }
  }
  // At the ends conditional moments are less exact than elsewhere.
  for (let point = 0; point < design.ends; point++) {
    let [expected, size] = [constant, Math.abs(constant)]
    for (const { of, power, by } of terms) {
      const term = by * of.ratios[point]! ** power
      expected += term
      size = Math.max(size, Math.abs(term))
    }
    if (!(Math.abs(values[point]! - expected) <= TOLERANCE * Math.max(size, largest))) return undefined
  }
  for (const one of terms) mean += one.by * momentOf(one.of, one.power)
  for (const one of terms) {
    for (const other of terms) {
      if (one.of !== other.of) continue
      const product = momentOf(one.of, one.power + other.power)
      const apart = momentOf(one.of, one.power) * momentOf(one.of, other.power)
      variance += one.by * other.by * (product - apart)
    }
  }
  mean += constant
  return Number.isNaN(mean + variance) ? undefined : { mean, variance }
}

function momentOf({ moments }: ScalarBlock, power: number): number {
  return moments[power + 4]!
}

/**
 * E[ratio^p] for p from −4 to 4, [n, 9], of members of a family in which log x = c·T(x): exp(A(η + p·c) − A(η)).
 *
 * @param middles what the ratio is relative to.
 * @returns NaN where logarithms are in no span of the statistics, ∞ where there is no such moment.
 */
export function powerMoments(
  { family, count, logNormalizer }: FamilyPrograms,
  eta: Float64Array,
  middles: ArrayLike<number>,
): Float64Array {
  const n = eta.length / count
  const all = new Float64Array(n * 9).fill(NaN)
  for (let i = 0; i < n; i++) all[i * 9 + 4] = 1
  if (!family.log) return all
  const at = logNormalizer(eta)
  for (let power = -4; power <= 4; power++) {
    if (power === 0) continue
    const shifted = logNormalizer(eta.map((x, i) => x + power * family.log![i % count]!))
    for (let i = 0; i < n; i++)
      all[i * 9 + power + 4] = Math.exp(shifted[i]! - at[i]! - power * Math.log(middles[i]!))
  }
  return all
}
