import type { Tensor } from '@tensorflow/tfjs-core'
import { add, fill, mul, sub, sum } from '@variate/core/ops'
import type { EvaluationOptions, ObjectiveParameters, Problem, Values } from './problem.ts'

/** The sum of all elements of all terms, each as often as it counts. */
export function totalOf(
  parts: readonly { readonly name: string; readonly scale: number }[],
  logs: Values,
): Tensor {
  return parts
    .map(({ name, scale }) => {
      const whole = sum(logs[name]!)
      return scale === 1 ? whole : mul(scale, whole)
    })
    .reduce((total, x) => add(total, x), fill([], 0))
}

/** log p(x, z) − log q(z) of one draw, in nats. */
export function logWeight(
  problem: Problem,
  parameters: ObjectiveParameters,
  values: Values,
  options: EvaluationOptions = {},
): Tensor {
  return sub(
    totalOf(problem.terms, problem.logP(parameters, values, options)),
    totalOf(problem.factors, problem.logQ(parameters, values, options)),
  )
}
