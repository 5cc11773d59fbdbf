import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError } from '@variate/core'
import { div, mean, sqrt, square, sub, sum, tidy, type AnyKey } from '@variate/core/ops'
import { checkDistribution } from './checkDistribution.ts'
import type { Distribution } from './distribution.ts'

export interface KlEstimate {
  /** The mean of log p(x) − log q(x), in nats. */
  readonly estimate: Tensor
  /** Its standard error. */
  readonly standardError: Tensor
}

/**
 * A Monte Carlo estimate of KL(p‖q) from draws of p, for pairs without a closed form. Its gradient in the parameters
 * of p is right only if p is reparameterized.
 *
 * @param options.samples how many draws, at least 2; 10,000 if not given.
 * @throws DomainError for fewer than 2 samples; ShapeError if draws of p are no values of q.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { key } from '@variate/core'
 * import { estimateKlDivergence, normal } from '@variate/distributions'
 *
 * const { estimate, standardError } = estimateKlDivergence(key(0), normal(0, 1), normal(1, 2))
 * Math.abs(estimate.dataSync()[0]! - 0.443147) < 4 * standardError.dataSync()[0]! // => true
 * ```
 */
export function estimateKlDivergence(
  key: AnyKey,
  p: Distribution,
  q: Distribution,
  { samples = 10_000 }: { readonly samples?: number | undefined } = {},
): KlEstimate {
  if (!Number.isInteger(samples) || samples < 2) {
    throw new DomainError(`estimateKlDivergence: samples must be a whole number >= 2, got ${samples}`)
  }
  checkDistribution('estimateKlDivergence: p', p)
  checkDistribution('estimateKlDivergence: q', q)
  const [estimate, standardError] = tidy(() => {
    const missing = Math.max(0, q.batchShape.length - p.batchShape.length)
    const x = p.sample(key, [samples, ...Array.from({ length: missing }, () => 1)])
    const logRatio = sub(p.logProb(x), q.logProb(x))
    const center = mean(logRatio, 0, true)
    const variance = div(sum(square(sub(logRatio, center)), 0), samples - 1)
    return [mean(logRatio, 0), sqrt(div(variance, samples))] as const
  })
  return { estimate, standardError }
}
