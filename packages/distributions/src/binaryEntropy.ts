import { add, mul, neg, sigmoid, softplus, sub, xlog1py, xlogy, type Real } from '@variate/core/ops'
import type { Odds } from './odds.ts'

/** −p·log p − (1 − p)·log(1 − p), in nats. */
export function binaryEntropy({ probs, logits }: Odds): Real {
  if (logits === undefined) {
    return neg(add(xlogy(probs!, probs!), xlog1py(sub(1, probs!), neg(probs!))))
  }
  return add(mul(sigmoid(logits), softplus(neg(logits))), mul(sigmoid(neg(logits)), softplus(logits)))
}
