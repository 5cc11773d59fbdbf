import type { Tensor } from '@tensorflow/tfjs-core'
import { stopGradient, type AnyKey } from '@variate/core/ops'
import { elementsOf, overElements, type Elements } from './elements.ts'
import type { Estimator, Outline } from './estimator.ts'
import { gradientOf } from './gradientOf.ts'
import type { Draws, ObjectiveParameters, Problem } from './problem.ts'

/** What an estimator says of itself, and what problems it refuses. */
interface About<Needs extends Draws> extends Pick<
  Estimator<Needs>,
  'name' | 'needs' | 'particles' | 'isUnbiased' | 'isOfTwoObjectives'
> {
  /** @throws UnsupportedError for a problem that it cannot take. */
  check?(outline: Outline, who: string): void
}

/** A problem at some parameters, to be drawn from. */
export interface Sampled {
  readonly problem: Problem
  readonly elements: Elements
  readonly parameters: ObjectiveParameters
  readonly key: AnyKey
}

/** What is made of draws, for each element. */
export interface SampleBound {
  /** What has the gradient that is asked for. */
  readonly surrogate: Tensor
  /** What is climbed. */
  readonly objective: Tensor
  /** The terms that read no latents. */
  readonly others: Tensor
}

/** An estimator of a function of the weights p/q of several draws, of each element that has weights of its own. */
export function multiSample<Needs extends Draws>(
  { check, ...about }: About<Needs>,
  boundOf: (sampled: Sampled) => SampleBound,
): Estimator<Needs> {
  return {
    ...about,
    isOfWeights: true,
    init: (outline, who) => {
      check?.(outline, who)
      elementsOf(outline, `${who}: ${about.name}`)
      return {}
    },
    estimate: (problem, parameters, key) => {
      const elements = elementsOf(problem, about.name)
      const { gradients, more } = gradientOf((own) => {
        const { surrogate, objective, others } = boundOf({ problem, elements, parameters: own, key })
        return {
          surrogate: overElements(elements, surrogate, others),
          more: stopGradient(overElements(elements, objective, others)),
        }
      }, parameters)
      return { objective: more, gradients, state: {} }
    },
  }
}
