import type { Tensor } from '@tensorflow/tfjs-core'
import { UnsupportedError } from '@variate/core'
import { add, and, equal, eye, mul, reshape, sub, sum, transpose, where } from '@variate/core/ops'
import type { Distribution } from './distribution.ts'

/**
 * The log probability of a value between those of a discrete distribution, linear between them: x·log p(1) + (1 − x)·log p(0)
 * for x in [0, 1] of a bernoulli, Σ xₖ log p(k) for a point x of the simplex of a oneHotCategorical. At values of the support
 * it is the log probability.
 *
 * @throws UnsupportedError for distributions whose values have no such between.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { constant } from '@variate/core/ops'
 * import { bernoulli, linearLogProb } from '@variate/distributions'
 *
 * const coin = bernoulli({ probs: 0.25 })
 * linearLogProb(coin, constant([0, 0.5, 1])).arraySync() // => [-0.2876821, -0.8369882, -1.3862944]
 * ```
 */
export function linearLogProb(distribution: Distribution, x: Tensor): Tensor {
  const { name, eventShape, batchShape } = distribution
  if (name === 'bernoulli') {
    return add(share(x, distribution.logProb(1)), share(sub(1, x), distribution.logProb(0)))
  }
  if (name === 'oneHotCategorical') {
    const count = eventShape[0]!
    const points = reshape(eye(count), [count, ...batchShape.map(() => 1), count])
    // [count, ...batch] → [...batch, count]
    const logs = distribution.logProb(points)
    return sum(share(x, transpose(logs, [...batchShape.map((_, i) => i + 1), 0])), -1)
  }
  throw new UnsupportedError(
    `a ${name} has no values between those of its support: use bernoulli or oneHotCategorical for sites that are to be relaxed`,
  )
}

/** A share of a logarithm: nothing of what is impossible, where the share is nothing. Of what is possible its slope is the logarithm. */
function share(x: Tensor, log: Tensor): Tensor {
  return mul(x, where(and(equal(x, 0), equal(log, -Infinity)), 0, log))
}
