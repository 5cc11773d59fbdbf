import type { Tensor } from '@tensorflow/tfjs-core'
import {
  add,
  constant,
  equal,
  expandDims,
  mean,
  mul,
  reshape,
  softmax,
  sub,
  sum,
  where,
} from '@variate/core/ops'

export interface RiemannSum {
  readonly objective: Tensor
  /** What ∇log p and ∇log q of each particle count in its gradient. */
  readonly ofP: Tensor
  readonly ofQ: Tensor
}

/**
 * The sum over steps of their length times E log w at their beginning, the expectation that of π ∝ q wᵝ, by draws of q.
 *
 * With w̃ = wᵝ / Σ wᵝ and f = log w − Σ w̃ log w, the gradient of a step's expectation is Σ w̃ ∇log w + k/(k−1) Σ w̃ f ∇log π, where
 * ∇log π = β ∇log p + (1 − β) ∇log q but for a constant.
 *
 * @param logWeights log w of k draws, along the first axis.
 * @param starts β at the beginning of each step.
 */
export function riemannSum(logWeights: Tensor, starts: readonly number[]): RiemannSum {
  const [count] = logWeights.shape as readonly [number]
  const isImpossible = equal(mean(logWeights, 0), -Infinity)
  const column = (x: readonly number[]): Tensor =>
    reshape(constant(Float64Array.from(x)), [x.length, ...logWeights.shape.map(() => 1)])
  const lengths = column(starts.map((beta, at) => (starts[at + 1] ?? 1) - beta))
  const [betas, rest] = [column(starts), column(starts.map((beta) => 1 - beta))]
  const known = expandDims(where(isImpossible, 0, logWeights), 0)
  const shares = softmax(mul(betas, known), 1)
  const expectations = sum(mul(shares, known), 1, true)
  const weights = mul(lengths, shares)
  const covariances = mul(mul(count / (count - 1), weights), sub(known, expectations))
  const total = (x: Tensor): Tensor => where(isImpossible, 0, sum(x, 0))
  return {
    objective: where(isImpossible, -Infinity, sum(mul(weights, known), [0, 1])),
    ofP: total(add(weights, mul(betas, covariances))),
    ofQ: total(sub(mul(rest, covariances), weights)),
  }
}
