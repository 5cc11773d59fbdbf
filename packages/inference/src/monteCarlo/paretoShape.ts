/** Tails of fewer weights tell nothing. */
const FEWEST = 5
/** Of how many weights the tail has so many: it is their largest fifth. */
export const FEWEST_WEIGHTS: number = (FEWEST - 1) * 5 + 1
/** The weakly informative prior on the shape: as if so many weights had shown 1/2. */
const PRIOR_COUNT = 10
/** Weights that differ by a smaller share are the same. */
const ROUNDING = 1e-9
/** Exceedances below this share of the largest weight count as this, whose reciprocal is a number. */
const SMALLEST = 1e-300

/** The generalised Pareto distribution that fits the largest weights. */
export interface ParetoTail {
  /** k, drawn towards 1/2 as if by ten weights; −∞ where the largest weights do not differ, ∞ where there are too few to tell. */
  readonly shape: number
  /** σ of the exceedances, as a share of the largest weight; NaN where the shape is infinite. */
  readonly scale: number
  /** What the exceedances are above, as a share of the largest weight. */
  readonly cutoff: number
  /** How many weights the tail has. */
  readonly count: number
}

/**
 * The shape k of the generalised Pareto distribution that fits the largest weights: moments of order 1/k and more do not exist,
 * so that above 0.7 means of weights cannot be relied upon.
 *
 * @returns −∞ where the largest weights do not differ, as those of an exact proposal; ∞ where there are too few to tell; NaN never.
 * @see Vehtari, Simpson, Gelman, Yao and Gabry, Pareto Smoothed Importance Sampling (JMLR 2024), section 2.3; Zhang and Stephens,
 *   A New and Efficient Estimation Method for the Generalized Pareto Distribution (Technometrics 2009), for the fit.
 */
export function paretoShape(logWeights: Float64Array): number {
  return paretoTail(logWeights.toSorted()).shape
}

/** The same with the scale. @param sorted log weights in rising order. */
export function paretoTail(sorted: Float64Array): ParetoTail {
  const n = sorted.length
  const count = Math.ceil(Math.min(0.2 * n, 3 * Math.sqrt(n)))
  if (n < FEWEST_WEIGHTS) return { shape: Infinity, scale: NaN, cutoff: NaN, count }
  const largest = sorted.at(-1)!
  const cutoff = Math.exp(sorted[n - count - 1]! - largest)
  const tail = sorted.subarray(n - count).map((x) => Math.exp(x - largest) - cutoff)
  if (!(tail.at(-1)! > ROUNDING)) return { shape: -Infinity, scale: NaN, cutoff, count }
  const { shape, scale } = fitted(tail)
  return { shape: (shape * count + 0.5 * PRIOR_COUNT) / (count + PRIOR_COUNT), scale, cutoff, count }
}

/** k and σ of exceedances in rising order: of the mean over a grid of θ = −k/σ, weighted by profile likelihoods. */
function fitted(tail: Float64Array): { readonly shape: number; readonly scale: number } {
  const n = tail.length
  const grid = 30 + Math.floor(Math.sqrt(n))
  const quartile = Math.max(tail[Math.floor(n / 4 + 0.5) - 1]!, SMALLEST)
  const thetas = Float64Array.from(
    { length: grid },
    (_, i) => 1 / tail.at(-1)! + (1 - Math.sqrt(grid / (i + 0.5))) / (3 * quartile),
  )
  const shapeAt = (theta: number): number => tail.reduce((sum, x) => sum + Math.log1p(-theta * x), 0) / n
  const mean = tail.reduce((sum, x) => sum + x, 0) / n
  const logLikelihoods = thetas.map((theta) => {
    const k = shapeAt(theta)
    // As both go to 0 the tail becomes exponential, of the mean −k/θ.
    return n * ((k === 0 ? -Math.log(mean) : Math.log(-theta / k)) - k - 1)
  })
  const best = logLikelihoods.reduce((a, b) => Math.max(a, b), -Infinity)
  const weights = logLikelihoods.map((x) => Math.exp(x - best))
  const total = weights.reduce((a, b) => a + b, 0)
  const theta = thetas.reduce((sum, each, i) => sum + each * weights[i]!, 0) / total
  const shape = shapeAt(theta)
  return { shape, scale: shape === 0 ? mean : -shape / theta }
}
