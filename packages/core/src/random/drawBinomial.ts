import { logBinomial } from '../special/logBinomialDensity.ts'
import type { ElementStream } from './elementStream.ts'

/** Below this mean: inversion. */
const SMALL_MEAN = 10
/** No draw at a small mean exceeds this: it has probability 1e-76. */
const LARGEST_OF_SMALL = 110

/** What a binomial distribution with p ≤ ½ is drawn by; the constants of BTRS are named as in the paper. */
export interface BinomialTable {
  readonly total: number
  /** Whether successes are counted as failures, so that p ≤ ½. */
  readonly mirrored: boolean
  readonly small: boolean
  readonly odds: number
  readonly probabilityOf0: number
  readonly a: number
  readonly b: number
  readonly c: number
  /** vᵣ of the paper. */
  readonly surely: number
  readonly alpha: number
  readonly logit: number
  readonly mode: number
}

/** The table of a distribution; null if `total` is not a whole number ≥ 0 or `probability` not from 0 to 1. */
export function binomialTable(total: number, probability: number): BinomialTable | null {
  if (!(total >= 0 && total < Infinity && Number.isInteger(total) && probability >= 0 && probability <= 1))
    return null
  const mirrored = probability > 0.5
  const p = mirrored ? 1 - probability : probability
  const spread = Math.sqrt(total * p * (1 - p))
  const b = 1.15 + 2.53 * spread
  return {
    total,
    mirrored,
    small: total * p < SMALL_MEAN,
    odds: p / (1 - p),
    probabilityOf0: Math.exp(total * Math.log1p(-p)),
    a: -0.0873 + 0.0248 * b + 0.01 * p,
    b,
    c: total * p + 0.5,
    surely: 0.92 - 4.2 / b,
    alpha: (2.83 + 5.1 / b) * spread,
    logit: Math.log(p) - Math.log1p(-p),
    mode: Math.floor((total + 1) * p),
  }
}

/**
 * A draw by the uniform number that the stream gives next as a candidate: by inversion, or, from a mean of 10 on, by
 * BTRS (Hörmann 1993, “The generation of binomial random variates”, Journal of Statistical Computation and
 * Simulation 46), with log probabilities that do not cancel.
 */
export function drawBinomial(table: BinomialTable, stream: ElementStream): number {
  const count = table.small ? invertBinomial(stream.candidate(), table) : reject(table, stream)
  return table.mirrored ? table.total - count : count
}

/** The first count at which the cumulated probability exceeds u. */
export function invertBinomial(u: number, { total, odds, probabilityOf0 }: BinomialTable): number {
  const largest = Math.min(total, LARGEST_OF_SMALL)
  let k = 0
  let probability = probabilityOf0
  while (u > probability && k < largest) {
    u -= probability
    probability *= (odds * (total - k)) / (k + 1)
    k++
  }
  return k
}

function reject(table: BinomialTable, stream: ElementStream): number {
  const { total, a, b, c, surely, alpha, logit, mode } = table
  let logOfMode = NaN
  for (;;) {
    const u = stream.candidate() - 0.5
    const v = stream.acceptance()
    const us = 0.5 - Math.abs(u)
    const k = Math.floor(((2 * a) / us + b) * u + c)
    if (us >= 0.07 && v <= surely) return k
    if (k < 0 || k > total) continue
    if (Number.isNaN(logOfMode)) logOfMode = logBinomial(mode, total - mode, logit)
    const ratio = logBinomial(k, total - k, logit) - logOfMode
    if (Math.log((v * alpha) / (a / (us * us) + b)) <= ratio) return k
  }
}
