import type { Tensor } from '@tensorflow/tfjs-core'
import { NdArray } from '@variate/core'
import { div, fill, mul, neg } from '@variate/core/ops'
import type { Estimator, ObjectiveParameters, Outline, Problem, Tree, Values } from '@variate/estimators'
import { exampleLogs } from './exampleLogs.ts'

/** Parameters that are no one's: what log p(x | z) is multiplied by, which is 1, and KL(q‖p) once more, which is 0. */
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
      const parameters = { model: { ...model, [FIT]: fill([], 1), [MORE]: fill([], 0) }, guide }
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

/** With a term for the divergence, which reads all latents. */
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
  const priors = new Set(problem.factors.flatMap(({ name, sites }) => [...sites, `${name}\0reverse`]))
  const fitted = problem.terms.filter(({ name, plates }) => plates[0] === plate && !priors.has(name))
  return {
    ...withTerm(problem, plate),
    logP: (parameters: ObjectiveParameters, values: Values, options) => {
      const logP = problem.logP(parameters, values, options)
      const { kl } = exampleLogs(problem, parameters, values, plate, options)
      const by = (name: string): Tensor => parameters.model[name] as Tensor
      const scaled = fitted.map(({ name }) => [name, mul(by(FIT), logP[name]!)] as const)
      return { ...logP, ...Object.fromEntries(scaled), [MORE]: neg(mul(by(MORE), kl)) }
    },
  }
}
