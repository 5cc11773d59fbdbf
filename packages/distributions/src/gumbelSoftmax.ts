import type { Tensor } from '@tensorflow/tfjs-core'
import { add, div, drawGumbel, type Real } from '@variate/core/ops'
import { logGumbelSoftmax } from '@variate/core/internal'
import { categoriesOf, column, naturalOf, type Categories, type CategoryOptions } from './categories.ts'
import { positive } from './constraints/positive.ts'
import { simplex } from './constraints/simplex.ts'
import { define } from './define.ts'
import type { Distribution, Numbers, Parameter, Reparameterized } from './distribution.ts'
import { positiveSoftmax } from './positiveSoftmax.ts'

export interface GumbelSoftmax extends Distribution, Reparameterized {
  readonly name: 'gumbelSoftmax'
  /** How far draws are from the corners of the simplex. */
  readonly temperature: Parameter
  /** The probabilities that an entry is the largest, if they were given. */
  readonly probs?: Parameter
  /** Their logarithms up to a constant, if they were given. */
  readonly logits?: Parameter
}

/**
 * The Gumbel-softmax or concrete distribution, relaxedOneHotCategorical elsewhere: of softmax((logits + G) / temperature)
 * for standard Gumbel variables G. Entry k is the largest with probability probs[k]; as the temperature falls to 0 draws
 * become one-hot. The density with respect to the first K − 1 entries, with t for temperature and a for logits, is
 * Γ(K)·t^(K − 1)·∏ softmax(a − t·log x)[k] / x[k]. Draws have no entry below 2⁻¹²⁶, where densities may be infinite.
 *
 * @param temperature t > 0.
 * @param options.probs probabilities along the last axis, of shape [...batch, K]: each ≥ 0, with sum 1 within 1e-5; or
 * @param options.logits their logarithms up to a constant, of the same shape.
 * @throws DomainError for parameters outside their domain, and unless exactly one of probs and logits is given;
 * ShapeError for parameters without an axis, and shapes that do not broadcast.
 * @see Maddison, Mnih and Teh, "The concrete distribution" (2017), definition 1; Jang, Gu and Poole, "Categorical
 * reparameterization with Gumbel-softmax" (2017).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { gumbelSoftmax } from '@variate/distributions'
 *
 * gumbelSoftmax(1, { probs: [0.5, 0.5] }).logProb([0.25, 0.75]).arraySync() // => 0
 * gumbelSoftmax(0.5, { logits: [0, 0, 0] }).logProb([0.2, 0.3, 0.5]).arraySync() // => -0.5344479
 * ```
 */
export function gumbelSoftmax(temperature: Numbers, options: CategoryOptions): GumbelSoftmax {
  const [categories, count] = categoriesOf('gumbelSoftmax', options)
  return define('gumbelSoftmax', { temperature: [temperature, positive], ...categories } as const, {
    support: simplex,
    eventShape: [count],
    reparameterized: true,
    draw: (p, key, shape) => positiveSoftmax(perturbed(p, drawGumbel(key, shape))),
    logProb: (p, x) => logGumbelSoftmax(x, naturalOf(p), column(p.temperature)),
  }) as unknown as GumbelSoftmax
}

/** (logits + G) / temperature. */
export function perturbed(p: Categories & { readonly temperature: Real }, gumbel: Tensor): Tensor {
  return div(add(naturalOf(p), gumbel), column(p.temperature)) as Tensor
}
