import type { Tensor } from '@tensorflow/tfjs-core'
import { concat, cumsum, exp, log, neg, sub, sum } from '@variate/core/ops'
import type { Bijector } from './bijector.ts'
import { defineBijector } from './defineBijector.ts'
import { part } from '../part.ts'

/** Increasing vectors: y₀ = x₀, yᵢ = yᵢ₋₁ + exp(xᵢ). */
export const ordered: Bijector = /* @__PURE__ */ defineBijector('ordered', {
  domainRank: 1,
  codomainRank: 1,
  forward: (x) => cumsum(concat([part(x, 0, 1), exp(part(x, 1))], -1)),
  inverse: (y) => concat([part(y, 0, 1), logSteps(y)], -1),
  forwardLogDet: (x) => sum(part(x, 1), -1),
  inverseLogDet: (y) => neg(sum(logSteps(y), -1)),
})

function logSteps(y: Tensor): Tensor {
  return log(sub(part(y, 1), part(y, 0, -1)))
}
