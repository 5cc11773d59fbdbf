import type { Tensor } from '@tensorflow/tfjs-core'
import { ShapeError } from '@variate/core'
import { add, concat, constant, cumsum, exp, fill, log, logSigmoid, neg, sub, sum } from '@variate/core/ops'
import { simplex } from '../constraints/simplex.ts'
import type { Shape } from '../distribution.ts'
import type { Bijector } from './bijector.ts'
import { defineBijector } from './defineBijector.ts'
import { onlyIn } from './onlyIn.ts'
import { part } from '../part.ts'

/**
 * Probabilities of n + 1 categories from vectors of length n: each element breaks its share off what is left of a stick
 * of length 1, yₖ = zₖ·∏ⱼ﹤ₖ(1 − zⱼ) with z = sigmoid(xₖ − log(n − k)), k = 0 … n − 1, so that x = 0 gives equal shares.
 * The log-determinant is that of the first n.
 *
 * @see Stan Reference Manual, "Unit simplex"; NumPyro's StickBreakingTransform.
 */
export const stickBreaking: Bijector = /* @__PURE__ */ defineBijector('stickBreaking', {
  domainRank: 1,
  codomainRank: 1,
  forwardShape: (shape) => [...shape.slice(0, -1), shape.at(-1)! + 1],
  inverseShape,
  forward: (x) => {
    const { share, left } = sticks(x)
    return exp(add(concat([share, zeroOf(x)], -1), left))
  },
  inverse: onlyIn(simplex, (y) => {
    const left = cumsum(y, -1, { exclusive: true, reverse: true })
    return add(sub(log(part(y, 0, -1)), log(part(left, 0, -1))), offsets(y.shape.at(-1)! - 1))
  }),
  forwardLogDet: (x) => {
    const { share, rest, left } = sticks(x)
    return sum(add(add(share, rest), part(left, 0, -1)), -1)
  },
})

/** Logarithms: of the share that each element takes and leaves of the stick, and of the stick before and after them. */
function sticks(x: Tensor): { share: Tensor; rest: Tensor; left: Tensor } {
  const z = sub(x, offsets(x.shape.at(-1)!))
  const rest = logSigmoid(neg(z))
  return { share: logSigmoid(z), rest, left: cumsum(concat([zeroOf(x), rest], -1)) }
}

/** log n, log(n − 1), …, 0. */
function offsets(n: number): Tensor {
  return constant(Array.from({ length: n }, (_, k) => Math.log(n - k)))
}

function inverseShape(shape: Shape): Shape {
  const length = shape.at(-1)!
  if (length > 0) return [...shape.slice(0, -1), length - 1]
  throw new ShapeError(`stickBreaking: vectors must not be empty, got shape [${shape.join(', ')}]`)
}

function zeroOf(x: Tensor): Tensor {
  return fill([...x.shape.slice(0, -1), 1], 0)
}
