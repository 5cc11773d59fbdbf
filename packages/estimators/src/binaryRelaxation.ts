import type { Tensor } from '@tensorflow/tfjs-core'
import {
  add,
  broadcastTo,
  cast,
  clip,
  constant,
  div,
  drawGumbel,
  greater,
  log,
  log1p,
  mul,
  neg,
  sigmoid,
  softplus,
  splitKey,
  sub,
  type AnyKey,
} from '@variate/core/ops'
import type { Distribution } from '@variate/distributions'
import type { Relaxation } from './relaxation.ts'

/** Probabilities that log odds are taken of: those of float32 with finite ones. */
const [LEAST, MOST] = [2 ** -126, 1 - 2 ** -24]

/**
 * Of log odds a and a logistic variable L: z = a + L, H(z) = 1 where z > 0. Given H(z) = b it is, with s = 2b − 1,
 * s·softplus(L + softplus(s·a)), which has the sign of s whatever the noise.
 *
 * @see Maddison, Mnih and Teh, The Concrete Distribution (ICLR 2017), appendix B; Tucker et al., REBAR (NeurIPS 2017), appendix C.
 */
export function binaryRelaxation(distribution: Distribution): Relaxation {
  const a = logOddsOf(distribution)
  return {
    noisy: (key) => add(a, drawLogistic(key, a.shape)),
    noisyGiven: (hard, key) => {
      const sign = sub(mul(2, cast(hard, 'float32')), 1)
      return mul(sign, softplus(add(drawLogistic(key, a.shape), softplus(mul(sign, a)))))
    },
    hard: (z) => cast(greater(z, 0), 'int32'),
    soft: (z, temperature) => sigmoid(div(z, temperature)),
    mean: () => sigmoid(a),
  }
}

function logOddsOf({ parameters, batchShape }: Distribution): Tensor {
  const { logits, probs } = parameters
  if (logits !== undefined) return broadcastTo(constant(logits as Tensor, 'float32'), batchShape)
  const p = clip(constant(probs as Tensor, 'float32'), LEAST, MOST)
  return broadcastTo(sub(log(p), log1p(neg(p))), batchShape)
}

/** The difference of two Gumbel variables, of which both tails are fine. */
function drawLogistic(key: AnyKey, shape: readonly number[]): Tensor {
  const [one, other] = splitKey(key) as [AnyKey, AnyKey]
  return sub(drawGumbel(one, shape), drawGumbel(other, shape))
}
