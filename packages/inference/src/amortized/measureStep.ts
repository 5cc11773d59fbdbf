import type { Tensor } from '@tensorflow/tfjs-core'
import { batch } from '@variate/compile'
import { mean, type AnyKey } from '@variate/core/ops'
import type { ObjectiveParameters, Problem } from '@variate/estimators'
import { exampleLogs } from './exampleLogs.ts'

/**
 * What a step tells of the examples that it takes, in nats for each: E_q[log p(x | z)] and KL(q‖p) by one draw. The draw is that of
 * an estimator with one particle, so that then nothing is computed twice.
 */
export function measureStep(
  plate: string,
): (
  problem: Problem,
  parameters: ObjectiveParameters,
  key: AnyKey,
) => Readonly<Record<'reconstruction' | 'kl', Tensor>> {
  return (problem, parameters, key) => {
    const measured = batch(
      () => {
        const { likelihood, kl } = exampleLogs(problem, parameters, problem.draw(parameters, key), plate)
        return { reconstruction: mean(likelihood), kl: mean(kl) }
      },
      { size: 1 },
    )()
    return { reconstruction: mean(measured.reconstruction), kl: mean(measured.kl) }
  }
}
