import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError, ShapeError, UnsupportedError } from '@variate/core'
import { add, mul, stack, sum, tidy } from '@variate/core/ops'
import { shown } from '@variate/core/internal'
import type { Distribution, Parameter } from './distribution.ts'
import { categoricalCategorical } from './kl/categoricalCategorical.ts'
import { divergence } from './kl/divergence.ts'
import { categories, type Weighted } from './kl/outcomes.ts'
import type { MixtureComponents } from './mixture.ts'
import { own } from './own.ts'
import { resolvedOf } from './parameters.ts'

/** A mixture of any components. */
export type AnyMixture = Distribution & {
  readonly name: 'mixture'
  readonly components: MixtureComponents
  readonly probs?: Parameter
  readonly logits?: Parameter
}

/**
 * An upper bound of KL(p‖q) in nats for mixtures with equally many components, which has no closed form: KL(w‖v) +
 * Σₖ wₖ·KL(pₖ‖qₖ), by the log-sum inequality. It depends on the order of the components, and is 0 for equal mixtures.
 *
 * @throws ShapeError for unlike numbers of components; UnsupportedError where components have no closed form.
 * @see Do, “Fast approximation of Kullback–Leibler distance for dependence trees and hidden Markov models” (2003).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { klUpperBound, mixture, normal } from '@variate/distributions'
 *
 * const p = mixture({ probs: [0.5, 0.5] }, normal([0, 4], 1))
 * const q = mixture({ probs: [0.25, 0.75] }, normal([0, 5], 1))
 * klUpperBound(p, q).arraySync() // => 0.3938410
 * ```
 */
export function klUpperBound(p: AnyMixture, q: AnyMixture): Tensor {
  for (const [who, given] of Object.entries({ p, q })) {
    if (given?.name !== 'mixture') {
      throw new DomainError(`klUpperBound: ${who} must be a mixture, got ${given?.name ?? shown(given)}`)
    }
  }
  return tidy(() => {
    const [w, v] = [weightsOf(p), weightsOf(q)]
    const parts = components(p, q)
    const weighted = sum(mul(categories(w).probability, parts) as Tensor, -1)
    return own(add(categoricalCategorical(w, v), weighted))
  })
}

function weightsOf({ parameters }: AnyMixture): Weighted {
  return resolvedOf(parameters) as Weighted
}

/** KL(pₖ‖qₖ) along the last axis. */
function components(p: AnyMixture, q: AnyMixture): Tensor {
  const [ps, qs] = [p.components, q.components] as unknown as readonly (
    | Distribution
    | readonly Distribution[]
  )[]
  const [count, other] = [countOf(ps!), countOf(qs!)]
  if (count !== other) {
    throw new ShapeError(`klUpperBound: p has ${count} components, q has ${other}: they must be equally many`)
  }
  if (Array.isArray(ps) && Array.isArray(qs)) {
    return stack(
      ps.map((part: Distribution, k) => between(part, qs[k]! as Distribution)),
      -1,
    )
  }
  if (Array.isArray(ps) || Array.isArray(qs)) {
    throw new UnsupportedError(
      'klUpperBound: components must be lists on both sides, or batches on both sides',
    )
  }
  return between(ps as Distribution, qs as Distribution)
}

function countOf(components: Distribution | readonly Distribution[]): number {
  return Array.isArray(components) ? components.length : (components as Distribution).batchShape.at(-1)!
}

function between(p: Distribution, q: Distribution): Tensor {
  const found = divergence(p, q)
  if (found) return found
  throw new UnsupportedError(
    `klUpperBound: components (${p.name}, ${q.name}) have no closed form: use estimateKlDivergence(key, p, q)`,
  )
}
