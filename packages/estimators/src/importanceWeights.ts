import type { Tensor } from '@tensorflow/tfjs-core'
import { logSumExp, mul, notEqual, softmax, stopGradient, sub, sum, where } from '@variate/core/ops'

/** log (1/k) Σ exp(x) over k particles along the first axis: −∞, of gradient 0, where all are. */
export function logMeanExp(logWeights: Tensor): Tensor {
  return sub(logSumExp(logWeights, 0), Math.log(logWeights.shape[0]!))
}

/** wᵢ / Σ w, which derivatives take for constants; 0 where all log w are −∞. */
export function normalizedWeights(logWeights: Tensor): Tensor {
  return stopGradient(softmax(logWeights, 0))
}

/** Σ wᵢ xᵢ over particles, along the first axis. What has no weight may be −∞. */
export function weightedSum(weights: Tensor, x: Tensor): Tensor {
  return sum(where(notEqual(weights, 0), mul(weights, x), 0), 0)
}
