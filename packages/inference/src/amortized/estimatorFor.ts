import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError } from '@variate/core'
import { div, minimum, mul } from '@variate/core/ops'
import { analyticKl, reparameterization, weightedKl, type Estimator } from '@variate/estimators'

interface Choice {
  readonly estimator?: Estimator | undefined
  readonly kl?: 'analytic' | 'sampled' | undefined
  readonly beta?: number | undefined
  readonly warmUp?: number | undefined
  readonly freeBits?: number | undefined
}

/**
 * The estimator that is asked for, of what is asked for.
 *
 * @param stepsInEpoch how many steps an epoch has, which is no whole number where the last takes examples of the next.
 * @throws DomainError for weights of KL(q‖p) in bounds that have no such term.
 */
export function estimatorFor(
  { estimator = reparameterization(), kl, beta = 1, warmUp = 0, freeBits = 0 }: Choice,
  stepsInEpoch: number,
  who: string,
): Estimator {
  const isWeighted = beta !== 1 || warmUp > 0 || freeBits > 0
  if ('explain' in estimator) {
    if (!isWeighted) return estimator
    throw new DomainError(
      `${who}: beta, warmUp and freeBits weigh KL(q‖p) before it is put in closed form: leave analyticKl out of the estimator, and ` +
        "write kl: 'analytic'",
    )
  }
  const rise = warmUp * stepsInEpoch
  const weight =
    rise === 0 ? beta : (step: Tensor): Tensor => mul(beta, minimum(div(step, rise), 1)) as Tensor
  const own = isWeighted ? weightedKl(estimator, { weight, freeBits }) : estimator
  const { isOfWeights } = estimator
  return kl === 'analytic' || (kl === undefined && !isOfWeights) ? analyticKl(own) : own
}
