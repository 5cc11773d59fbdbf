import type { Tensor } from '@tensorflow/tfjs-core'
import { ShapeError } from '@variate/core'
import {
  add,
  and,
  broadcastShapes,
  constant,
  drawCategorical,
  equal,
  expandDims,
  isInfinite,
  logSumExp,
  mul,
  splitKey,
  square,
  stopGradient,
  sub,
  sum,
  where,
} from '@variate/core/ops'
import type { Categorical } from './categorical.ts'
import {
  categoriesOf,
  logProbabilitiesOf,
  probabilitiesOf,
  unitVectors,
  type CategoryOptions,
} from './categories.ts'
import { checkDistribution } from './checkDistribution.ts'
import { combine, type Inherit } from './combine.ts'
import type { Distribution, Parameter } from './distribution.ts'
import type { Alike, Component } from './kinds.ts'
import { mixtureParts } from './mixtureParts.ts'
import { toParameters } from './parameters.ts'
import { withAxes } from './vectors.ts'
import { moveInside } from './withinSupport.ts'

/** The probabilities of components, or their logarithms up to a constant, along the last axis. */
export type MixtureWeights = CategoryOptions | Pick<Categorical, 'name' | 'probs' | 'logits'>

/** Components of one family, along the last axis of their batch, or a list of any. */
export type MixtureComponents = Distribution | readonly [Distribution, ...(readonly Distribution[])]

/** A mixture of distributions; it has what all its components have. */
export type MixtureDistribution<Components extends MixtureComponents = Distribution> = Distribution & {
  readonly name: 'mixture'
  readonly components: Components
  /** The probabilities of the components, if they were given. */
  readonly probs?: Parameter
  /** Their logarithms up to a constant, if they were given. */
  readonly logits?: Parameter
} & Inherit<Component<Components>, 'cdf' | 'survival' | 'mean'> &
  (Component<Components> extends { mean(): Tensor } ? Inherit<Component<Components>, 'variance'> : unknown)

/**
 * A mixture: with probability wₖ a draw of component k. Its density is Σₖ wₖ·pₖ(x).
 *
 * Draws are not differentiable: which component they are of jumps.
 *
 * @param weights `{ probs }` or `{ logits }` of shape [...batch, K], or a categorical distribution.
 * @param components a distribution of batch [...batch, K], or a list of K distributions with events of equal shape.
 * @throws DomainError for weights outside their domain; ShapeError for numbers of weights and components that differ, and
 * for shapes that do not broadcast; UnsupportedError for discrete components beside continuous ones.
 * @see Murphy, Probabilistic Machine Learning: An Introduction (2022), §3.5.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { delta, mixture, normal, poisson } from '@variate/distributions'
 *
 * const heights = mixture({ probs: [0.25, 0.75] }, normal([0, 4], [1, 2]))
 * heights.mean().arraySync() // => 3
 * heights.logProb([0, 4]).arraySync() // => [-2.12041, -1.89954]
 * const excessZeros = mixture({ probs: [0.5, 0.5] }, [delta(0), poisson(3)])
 * excessZeros.logProb(0).arraySync() // => -0.64456
 * ```
 */
export function mixture<const Components extends MixtureComponents>(
  weights: MixtureWeights,
  components: Components & Alike<Component<Components>>,
): MixtureDistribution<Components> {
  const [categories, length] = categoriesOf('mixture', weights as CategoryOptions)
  const { parameters, batchShape: weightShape, resolved } = toParameters('mixture', categories)
  const parts = mixtureParts(
    Array.isArray(components)
      ? (components.map(cutOff) as [Distribution, ...Distribution[]])
      : cutOff(components as Distribution),
  )
  const { count, eventShape } = parts
  if (length !== count) throw new ShapeError(`mixture: there are ${length} weights for ${count} components`)
  const batchShape = broadcastShapes([weightShape, parts.batchShape], 'mixture: weights and components')
  const eventAxes = eventShape.length
  /** Σ wₖ·fₖ, for numbers along the axis of components, where 0·∞ is 0. */
  const weighted = (f: Tensor, axes: number): Tensor => {
    const w = withAxes(probabilitiesOf(resolved()), axes)
    return sum(mul(w, where(and(equal(w, 0), isInfinite(f)), 0, f)), -1 - axes)
  }
  const average = (moments: Tensor): Tensor => weighted(moments, eventAxes)
  const { cdf, survival, mean, variance } = parts
  const joint = combine('mixture', {
    batchShape,
    eventShape,
    support: parts.support,
    parameters,
    sample: (key, sampleShape) => {
      const [keyOfChoice, keyOfDraws] = splitKey(key)
      const shape = [...sampleShape, ...batchShape]
      const choice = unitVectors(drawCategorical(keyOfChoice!, shape, probabilitiesOf(resolved())), count)
      const draws = parts.sample(keyOfDraws!, sampleShape, batchShape)
      return sum(where(withAxes(choice, eventAxes), draws, 0) as Tensor, -1 - eventAxes)
    },
    logProb: (x) => logSumExp(add(logProbabilitiesOf(resolved()), parts.logProb(x)), -1),
    cdf: cdf && ((x) => weighted(cdf(x), 0)),
    survival: survival && ((x) => weighted(survival(x), 0)),
    mean: mean && (() => average(mean())),
    variance:
      mean &&
      variance &&
      (() => {
        const means = mean()
        const deviation = sub(means, expandDims(average(means), -1 - eventAxes))
        return average(add(variance(), square(deviation)))
      }),
  })
  return Object.freeze({ ...joint, ...parameters, components }) as never
}

/**
 * A component with gradients of 0 wherever it has no density, also at an edge of its support, where the derivatives of
 * its log density are infinite and 0 times them is NaN: there it is asked for a value inside. Counts and all real numbers
 * have no such edge.
 */
function cutOff(component: Distribution): Distribution {
  checkDistribution('mixture: components', component)
  const { support, eventShape, logProb } = component
  if (support.isDiscrete || support.name.startsWith('real')) return component
  return {
    ...component,
    logProb: (value) => {
      const x = constant(value)
      const isImpossible = equal(stopGradient(logProb(x)), -Infinity)
      return where(
        isImpossible,
        -Infinity,
        logProb(moveInside(support, eventShape, x, isImpossible)),
      ) as Tensor
    },
  }
}
