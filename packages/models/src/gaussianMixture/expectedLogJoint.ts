import { isDense, type Mixture } from './mixture.ts'
import { traceOfWhitened } from './traceOfWhitened.ts'
import { scatterAbout } from './scatter.ts'
import type { MixtureStatistics } from './statistics.ts'

/**
 * E_q[log p(x, z | θ)] in nats for any θ, by the statistics alone:
 * Σₖ Nₖ·cₖ − ½ tr(Σₖ⁻¹·Σᵢ rᵢₖ·(xᵢ − μₖ)(xᵢ − μₖ)ᵀ).
 */
export function expectedLogJoint(statistics: MixtureStatistics, mixture: Mixture): number {
  const { components, dimension: d, means, covariance, whitening, logNormalizers } = mixture
  let sum = 0
  for (let k = 0; k < components; k++) {
    const count = statistics.counts[k]!
    if (count === 0) continue
    const scatter = scatterAbout(statistics, k, means, k * d)
    let trace = 0
    if (isDense(covariance)) trace = traceOfWhitened(mixture, k, scatter)
    else for (let a = 0; a < d; a++) trace += scatter[a]! * whitening[k * d + a]! ** 2
    sum += count * logNormalizers[k]! - trace / 2
  }
  return sum
}
