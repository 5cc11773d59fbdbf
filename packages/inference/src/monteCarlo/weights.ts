/** What the weights of independent particles tell. */
export interface WeightSummary {
  /** The logarithm of the mean weight. */
  readonly logMean: number
  /** The standard error of the mean weight over the mean: by the delta method that of its logarithm. */
  readonly relativeError: number
  /** (Σ w)² / Σ w², from 1 to how many there are. */
  readonly effectiveSampleSize: number
}

/**
 * Mean, standard error and effective sample size of weights that are given by their logarithms, −∞ among them. Weights that are
 * all 0 have no relative error.
 *
 * @see Kong, Liu and Wong, Sequential imputations and Bayesian missing data problems (JASA 1994), for the sample size.
 */
export function summaryOf(logWeights: Float64Array): WeightSummary {
  const largest = logWeights.reduce((a, b) => Math.max(a, b), -Infinity)
  if (largest === -Infinity) return { logMean: largest, relativeError: NaN, effectiveSampleSize: 0 }
  const scaled = logWeights.map((x) => Math.exp(x - largest))
  const n = scaled.length
  const total = scaled.reduce((a, b) => a + b, 0)
  const mean = total / n
  const spread = scaled.reduce((sum, w) => sum + (w - mean) ** 2, 0)
  return {
    logMean: largest + Math.log(mean),
    relativeError: Math.sqrt(spread / (n - 1) / n) / mean,
    effectiveSampleSize: total ** 2 / scaled.reduce((sum, w) => sum + w * w, 0),
  }
}

/** Weights that sum to 1. */
export function normalized(logWeights: Float64Array): Float64Array {
  const largest = logWeights.reduce((a, b) => Math.max(a, b), -Infinity)
  const scaled = logWeights.map((x) => Math.exp(x - largest))
  const total = scaled.reduce((a, b) => a + b, 0)
  return scaled.map((w) => w / total)
}
