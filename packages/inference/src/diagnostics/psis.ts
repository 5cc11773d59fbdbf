import { special } from '@variate/core'
import { paretoTail } from '../monteCarlo/paretoShape.ts'
import { checkedLogWeights } from './logWeights.ts'
import { adviceOf, reliabilityOf, type Reliability } from './reliability.ts'

/** Weights whose largest are smoothed, and how far they can be relied upon. */
export interface Psis {
  /** Logarithms of weights that sum to 1, in the order in which they were given. */
  readonly logWeights: Float64Array
  /** The shape of the tail of the weights; −∞ where the largest do not differ, ∞ where they are 20 or fewer, which do not tell. */
  readonly kHat: number
  /** 1 / Σ w² of the smoothed weights: how many draws of the posterior they are worth. */
  readonly effectiveSampleSize: number
  /** 'good' up to min(1 − 1 / log₁₀ S, 0.7) for S weights, 'bad' up to 1, else 'very bad'. */
  readonly reliability: Reliability
  /** What that means, and what to do, in a sentence. */
  readonly advice: string
}

/**
 * Pareto-smoothed importance sampling: the largest weights are replaced by the quantiles of the generalised Pareto distribution
 * that fits them, which makes weighted means steadier, and its shape says how far they can be relied upon. Weights that are 0
 * stay so.
 *
 * @param logWeights log p − log q of draws of q, up to a constant.
 * @throws DomainError for NaN and ∞; NumericalError where all weights are 0.
 * @see Vehtari, Simpson, Gelman, Yao and Gabry, Pareto Smoothed Importance Sampling (JMLR 2024).
 *
 * @example
 * ```ts
 * import { psis } from '@variate/inference'
 *
 * // Of 200 draws of an approximation whose tails are too thin.
 * const logWeights = Array.from({ length: 200 }, (_, i) => -0.9 * Math.log(1 - (i + 0.5) / 200))
 * const { kHat, reliability } = psis(logWeights)
 * kHat // => 0.788
 * reliability // => 'bad'
 * ```
 */
export function psis(logWeights: ArrayLike<number>): Psis {
  const own = checkedLogWeights(logWeights, 'psis')
  const { kHat, smoothed } = smoothedWeights(own)
  return {
    logWeights: smoothed,
    kHat,
    effectiveSampleSize: 1 / smoothed.reduce((sum, x) => sum + Math.exp(2 * x), 0),
    reliability: reliabilityOf(kHat, own.length),
    advice: adviceOf(kHat, own.length),
  }
}

/** The logarithms of normalised smoothed weights, and the shape of their tail. */
export function smoothedWeights(logWeights: Float64Array): {
  readonly kHat: number
  readonly smoothed: Float64Array
} {
  const n = logWeights.length
  const order = Uint32Array.from(logWeights.keys()).sort((i, j) => logWeights[i]! - logWeights[j]! || i - j)
  const sorted = Float64Array.from(order, (i) => logWeights[i]!)
  const { shape, scale, cutoff, count } = paretoTail(sorted)
  const smoothed = logWeights.map((x) => x - sorted.at(-1)!)
  for (let j = 0; j < count && Number.isFinite(shape); j++) {
    const place = order[n - count + j]!
    if (smoothed[place] === -Infinity) continue
    const quantile = paretoQuantile((j + 0.5) / count, shape, scale)
    smoothed[place] = Math.min(0, Math.log(cutoff + quantile))
  }
  const total = special.logSumExp(smoothed)
  return { kHat: shape, smoothed: smoothed.map((x) => x - total) }
}

function paretoQuantile(p: number, shape: number, scale: number): number {
  const surprise = -Math.log1p(-p)
  return Math.abs(shape) < Number.EPSILON ? scale * surprise : (scale * Math.expm1(shape * surprise)) / shape
}
