import type { Tensor } from '@tensorflow/tfjs-core'
import { add, fill, sub, sum } from '@variate/core/ops'
import type { EvaluationOptions, ObjectiveParameters, Problem, Values } from '@variate/estimators'

/** What one draw tells of each example, in nats: [examples]. */
export interface ExampleLogs {
  /** log p(x | z). */
  readonly likelihood: Tensor
  /** KL(q‖p), in closed form where it has one, else log q(z) − log p(z) of the draw. */
  readonly kl: Tensor
  /** log p(x, z) − log q(z). */
  readonly logWeight: Tensor
}

/** The terms of the bound, example by example, each counted once. */
export function exampleLogs(
  problem: Problem,
  parameters: ObjectiveParameters,
  values: Values,
  plate: string,
  options?: EvaluationOptions,
): ExampleLogs {
  const { factors, terms, sizes } = problem
  const logP = problem.logP(parameters, values, options)
  const logQ = problem.logQ(parameters, values, options)
  const closed = problem.divergences?.(parameters, values) ?? {}
  const zero = (): Tensor => fill([sizes.get(plate)!], 0)
  const total = (of: readonly Tensor[]): Tensor => of.map(overExample).reduce((all, x) => add(all, x), zero())
  const placed = terms.filter(({ plates }) => plates[0] === plate)
  const priors = new Set(factors.flatMap(({ name, sites }) => [...sites, `${name}\0reverse`]))
  const likelihood = total(placed.filter(({ name }) => !priors.has(name)).map(({ name }) => logP[name]!))
  const prior = total([...priors].filter((name) => logP[name]).map((name) => logP[name]!))
  const drawn = total(factors.map(({ name }) => logQ[name]!))
  const kls = factors.flatMap(({ name, sites }): readonly Tensor[] => {
    if (closed[name]) return [closed[name]]
    const own = [...sites, `${name}\0reverse`].filter((term) => logP[term]).map((term) => logP[term]!)
    return [sub(total([logQ[name]!]), total(own))]
  })
  return { likelihood, kl: total(kls), logWeight: sub(add(likelihood, prior), drawn) }
}

/** The sum over all axes but that of examples, which is the first. */
function overExample(x: Tensor): Tensor {
  const axes = x.shape.map((_, axis) => axis).slice(1)
  return axes.length === 0 ? x : sum(x, axes)
}
