import { div, exp, log, log1p, neg, sigmoid, sub, type Real } from '@variate/core/ops'
import type { Constraint } from './constraints/constraint.ts'
import { real } from './constraints/real.ts'
import { unitInterval } from './constraints/unitInterval.ts'
import type { Numbers } from './distribution.ts'
import { eitherOf } from './eitherOf.ts'
import type { Given } from './parameters.ts'

/** The probability of a success, or its log odds log(p / (1 − p)): one of the two. */
export type ProbsOrLogits =
  | { readonly probs: Numbers; readonly logits?: undefined }
  | { readonly logits: Numbers; readonly probs?: undefined }

/** The same as ops take it. */
export interface Odds {
  readonly probs?: Real
  readonly logits?: Real
}

/** @throws DomainError unless exactly one is given. */
export function oddsOf(
  who: string,
  options: ProbsOrLogits,
  probabilities: Constraint = unitInterval,
): Given<'probs' | 'logits'> {
  return eitherOf(who, options, { probs: probabilities, logits: real })
}

export function successOf({ probs, logits }: Odds): Real {
  return logits === undefined ? probs! : sigmoid(logits)
}

export function failureOf({ probs, logits }: Odds): Real {
  return logits === undefined ? sub(1, probs!) : sigmoid(neg(logits))
}

/** p / (1 − p). */
export function ratioOf({ probs, logits }: Odds): Real {
  return logits === undefined ? div(probs!, sub(1, probs!)) : exp(logits)
}

/** log(p / (1 − p)), ±∞ where p is 1 or 0. */
export function logitsOf({ probs, logits }: Odds): Real {
  return logits ?? sub(log(probs!), log1p(neg(probs!)))
}
