/** The mean log score is within this of the best there is, in nats. */
const NEAR = 1e-10
const MOST_STEPS = 100_000

/**
 * The weights of a mixture of predictive distributions that has the highest mean log density: a concave problem, climbed by
 * the EM algorithm for the proportions of a mixture until the gradient bounds what is left to gain.
 *
 * @param logs for each model its log density of each observation.
 * @see Yao, Vehtari, Simpson and Gelman, Using stacking to average Bayesian predictive distributions (Bayesian Analysis 2018).
 */
export function stackingWeights(logs: readonly Float64Array[]): Float64Array {
  const n = logs[0]!.length
  const largest = logs[0]!.map((_, i) => logs.reduce((most, own) => Math.max(most, own[i]!), -Infinity))
  const densities = logs.map((own) => own.map((x, i) => Math.exp(x - largest[i]!)))
  let weights = new Float64Array(logs.length).fill(1 / logs.length)
  for (let step = 0; step < MOST_STEPS; step++) {
    const mixed = largest.map((_, i) => densities.reduce((sum, own, k) => sum + weights[k]! * own[i]!, 0))
    const gradient = densities.map((own) => own.reduce((sum, p, i) => sum + p / mixed[i]!, 0) / n)
    // By concavity no weights are better by more than max gradient − 1.
    if (Math.max(...gradient) - 1 <= NEAR) break
    weights = weights.map((w, k) => w * gradient[k]!)
  }
  const total = weights.reduce((a, b) => a + b, 0)
  return weights.map((w) => w / total)
}
