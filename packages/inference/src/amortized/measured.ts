import type { Tensor } from '@tensorflow/tfjs-core'
import { NdArray } from '@variate/core'
import { div, fill, isFinite, mul, neg, stopGradient, sub, where } from '@variate/core/ops'
import type { Estimator, ObjectiveParameters, Outline, Problem, Tree, Values } from '@variate/estimators'
import { exampleLogs } from './exampleLogs.ts'

/** Parameters that are no one's, and 0: how often log p(x | z) counts once more, and KL(q‖p). */
const [FIT, MORE] = ['\0reconstruction', '\0kl']

/** What an estimator has found of the examples of the last step, in nats for each. */
export interface MeasuredState {
  readonly reconstruction: Tensor
  readonly kl: Tensor
}

/**
 * An estimator that tells of E_q[log p(x | z)] and KL(q‖p) besides: the derivatives of what it climbs by how much they count. They cost
 * next to nothing, for they are found on the way back through what is computed anyway; the other derivatives are what they were.
 */
export function measured(estimator: Estimator, plate: string, count: number): Estimator {
  const zero = (): NdArray<Float64Array> => new NdArray(Float64Array.of(0), [])
  return {
    ...estimator,
    init: (outline, who) => ({
      own: estimator.init(withTerm(outline, plate), who),
      measured: { reconstruction: zero(), kl: zero() },
    }),
    estimate: (problem, { model, guide }, key, state) => {
      const parameters = { model: { ...model, [FIT]: fill([], 0), [MORE]: fill([], 0) }, guide }
      const estimate = estimator.estimate(changed(problem, plate), parameters, key, state['own'] as Tree)
      const {
        [FIT]: byFit,
        [MORE]: byMore,
        ...gradients
      } = estimate.gradients.model as Record<string, Tensor>
      return {
        objective: estimate.objective,
        gradients: { model: gradients, guide: estimate.gradients.guide },
        state: {
          own: estimate.state,
          measured: { reconstruction: div(byFit!, count), kl: div(neg(byMore!), count) },
        },
      }
    },
  }
}

/** With a term for both, which reads all latents. */
function withTerm<Of extends Pick<Outline, 'factors' | 'terms'>>(problem: Of, plate: string): Of {
  const { scale } = problem.terms.find(({ plates }) => plates[0] === plate)!
  return {
    ...problem,
    terms: [...problem.terms, { name: MORE, plates: [plate], scale }],
    factors: problem.factors.map((factor) => ({
      ...factor,
      terms: [...factor.terms, { name: MORE, aligned: [plate] }],
    })),
  }
}

function changed(problem: Problem, plate: string): Problem {
  return {
    ...withTerm(problem, plate),
    logP: (parameters: ObjectiveParameters, values: Values, options) => {
      const { likelihood, kl } = exampleLogs(problem, parameters, values, plate, options)
      const by = (name: string, x: Tensor): Tensor => mul(parameters.model[name] as Tensor, known(x))
      const more = sub(by(FIT, likelihood), by(MORE, kl))
      return { ...problem.logP(parameters, values, options), [MORE]: more }
    },
  }
}

/** What is told is not climbed. A draw that is ruled out, whose weight is 0 in a bound of several, has nothing to tell. */
function known(x: Tensor): Tensor {
  const value = stopGradient(x) as Tensor
  return where(isFinite(value), value, 0)
}
