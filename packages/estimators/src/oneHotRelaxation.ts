import type { Tensor } from '@tensorflow/tfjs-core'
import {
  add,
  broadcastTo,
  cast,
  clip,
  constant,
  cumsum,
  div,
  drawGumbel,
  equal,
  exp,
  greater,
  log,
  logAddExp,
  logSoftmax,
  max,
  maximum,
  mul,
  neg,
  softmax,
  sum,
  where,
} from '@variate/core/ops'
import type { Distribution } from '@variate/distributions'
import type { Relaxation } from './relaxation.ts'

/** The least normal number of float32, and what is in the place of log 0. */
const [LEAST, LOWEST] = [2 ** -126, -1e30]

/**
 * Of log probabilities a and Gumbel variables G: z = a + G, H(z) the unit vector of the largest. Given that it is the one with 1 at k,
 * z at k is a Gumbel variable G, and z elsewhere −log(exp(−(a + G)) + exp(−G at k)): Gumbel variables that are less.
 *
 * @see Maddison, Tarlow and Minka, A* Sampling (NeurIPS 2014), on the largest of Gumbel variables; Tucker et al., REBAR (NeurIPS
 *   2017), appendix C.
 */
export function oneHotRelaxation(distribution: Distribution): Relaxation {
  const a = logProbabilitiesOf(distribution)
  return {
    noisy: (key) => add(a, drawGumbel(key, a.shape)),
    noisyGiven: (hard, key) => {
      const noise = drawGumbel(key, a.shape)
      const top = sum(mul(cast(hard, 'float32'), noise), -1, true)
      const others = neg(logAddExp(neg(add(a, noise)), neg(top)))
      return where(greater(hard, 0), noise, others)
    },
    hard: (z) => firstLargest(z),
    soft: (z, temperature) => softmax(div(z, temperature)),
    mean: () => exp(a),
  }
}

function logProbabilitiesOf({ parameters, batchShape, eventShape }: Distribution): Tensor {
  const { logits, probs } = parameters
  const logs =
    logits === undefined
      ? log(clip(constant(probs as Tensor, 'float32'), LEAST, 1))
      : maximum(logSoftmax(constant(logits as Tensor, 'float32')), LOWEST)
  return broadcastTo(logs, [...batchShape, ...eventShape])
}

/** 1 at the first of the largest entries along the last axis, else 0. */
function firstLargest(z: Tensor): Tensor {
  const isLargest = cast(equal(z, max(z, -1, true)), 'float32')
  return cast(mul(isLargest, cast(equal(cumsum(isLargest), 1), 'float32')), 'int32')
}
