import { add, fill, mean, mul, sub, sum } from '@variate/core/ops'
import { gradientOf, zipTrees } from './gradientOf.ts'
import { overParticles } from './particles.ts'
import type { ObjectiveParameters } from './problem.ts'
import type { Drawn, Scored } from './partwise.ts'

/**
 * Gradients with those added of factors whose scores are control variates, entry by entry: f − a·h, with the score h of each
 * particle and its product f with the cost.
 */
export function scoreGradients(
  scored: readonly Scored[],
  particles: number,
  parameters: ObjectiveParameters,
  drawn: (own: ObjectiveParameters) => Drawn,
  gradients: ObjectiveParameters,
): ObjectiveParameters {
  return scored
    .filter(({ part }) => part.baseline.coefficients)
    .reduce((total, { factor: { name }, part }) => {
      const [scores, products] = [false, true].map((isWeighed) =>
        overParticles(
          particles,
          () =>
            gradientOf((own) => {
              const { logQ, costs } = drawn(own)
              const weighed = isWeighed ? mul(logQ[name]!, costs[name]!) : logQ[name]!
              return { surrogate: sum(weighed), more: fill([], 0) }
            }, parameters).gradients,
        ),
      ) as [ObjectiveParameters, ObjectiveParameters]
      const own = zipTrees(scores, products, (h, f) => {
        const a = part.baseline.coefficients!(h, f)
        return mean(sub(f, mul(a, h)), 0)
      })
      return zipTrees(total, own, (x, y) => add(x, y))
    }, gradients)
}
