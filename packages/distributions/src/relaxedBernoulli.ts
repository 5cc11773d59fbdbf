import { add, clip, div, drawGumbel, sigmoid, splitKey, sub, type AnyKey, type Real } from '@variate/core/ops'
import { logRelaxedBernoulli } from '@variate/core/internal'
import { positive } from './constraints/positive.ts'
import { openUnitInterval } from './constraints/openUnitInterval.ts'
import { define } from './define.ts'
import type { Distribution, Numbers, Parameter, Reparameterized, Shape } from './distribution.ts'
import { BELOW_ONE, SMALLEST } from './float32.ts'
import { logitsOf, oddsOf, type Odds, type ProbsOrLogits } from './odds.ts'

export interface RelaxedBernoulli extends Distribution, Reparameterized {
  readonly name: 'relaxedBernoulli'
  /** How far draws are from 0 and 1. */
  readonly temperature: Parameter
  /** The probability of a draw above ½, if it was given. */
  readonly probs?: Parameter
  /** Its log odds, if they were given. */
  readonly logits?: Parameter
}

/**
 * The relaxed Bernoulli or binary concrete distribution: of σ((logits + L) / temperature) for a standard logistic
 * variable L. A draw is above ½ with probability probs; as the temperature falls to 0 draws become 0 or 1. With
 * u = logits − temperature·log(x / (1 − x)) the density is temperature·σ(u)·σ(−u) / (x·(1 − x)). Draws are never 0 or 1.
 *
 * @param temperature > 0.
 * @param options.probs from 0 to 1; or
 * @param options.logits log(probs / (1 − probs)), any real number.
 * @throws DomainError for parameters outside their domain, and unless exactly one of probs and logits is given;
 * ShapeError for shapes that do not broadcast.
 * @see Maddison, Mnih and Teh, "The concrete distribution" (2017), appendix B.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { relaxedBernoulli } from '@variate/distributions'
 *
 * relaxedBernoulli(1, { probs: 0.5 }).logProb(0.25).arraySync() // => 0
 * relaxedBernoulli(0.5, { logits: 0 }).logProb(0.2).arraySync() // => -0.3646431
 * ```
 */
export function relaxedBernoulli(temperature: Numbers, options: ProbsOrLogits): RelaxedBernoulli {
  return define(
    'relaxedBernoulli',
    { temperature: [temperature, positive], ...oddsOf('relaxedBernoulli', options) } as const,
    {
      support: openUnitInterval,
      reparameterized: true,
      draw: (p, key, shape) => clip(drawSoft(p, key, shape), SMALLEST, BELOW_ONE),
      logProb: (p, x) => logRelaxedBernoulli(x, p.temperature, logitsOf(p)),
    },
  ) as unknown as RelaxedBernoulli
}

/** σ((logits + L) / temperature). */
export function drawSoft(p: Odds & { readonly temperature: Real }, key: AnyKey, shape: Shape): Real {
  const [one, other] = splitKey(key) as [AnyKey, AnyKey]
  const logistic = sub(drawGumbel(one, shape), drawGumbel(other, shape))
  return sigmoid(div(add(logitsOf(p), logistic), p.temperature))
}
