import type { Tensor } from '@tensorflow/tfjs-core'
import { add, cast, splitKey, stopGradient, sub, type AnyKey } from '@variate/core/ops'
import type { Drawing, Factor, Problem } from './problem.ts'
import { relaxationOf, type Relaxation } from './relaxation.ts'

/** The discrete factors of a problem. */
export function discreteIn({ factors }: Pick<Problem, 'factors'>): readonly Factor[] {
  return factors.filter(({ draws }) => draws === 'discrete')
}

/** The sites whose values lie between those of their support. */
export function softSites(problem: Pick<Problem, 'factors'>): ReadonlySet<string> {
  return new Set(discreteIn(problem).flatMap(({ sites }) => sites))
}

/** How a value is made, of two keys: at equal keys all ways see the same z. */
type Way = (relaxation: Relaxation, key: AnyKey, other: AnyKey) => Tensor

/** What draws the discrete factors of a problem in some way. */
export function drawings(problem: Pick<Problem, 'factors'>, way: Way): Readonly<Record<string, Drawing>> {
  return Object.fromEntries(
    discreteIn(problem).map(({ name }): [string, Drawing] => [
      name,
      (distribution, key) => {
        const [one, other] = splitKey(key) as [AnyKey, AnyKey]
        return way(relaxationOf(distribution, name), one, other)
      },
    ]),
  )
}

/** Draws as the distribution has them. */
export const hard: Way = (of, key) => of.hard(of.noisy(key))

/** Relaxed draws. */
export const softAt =
  (temperature: Tensor): Way =>
  (of, key) =>
    of.soft(of.noisy(key), temperature)

/** Relaxed draws given the draws that `hard` gives from the same key. */
export const softGivenHardAt =
  (temperature: Tensor): Way =>
  (of, key, other) =>
    of.soft(of.noisyGiven(hard(of, key, other), other), temperature)

/** Draws as the distribution has them, with the slope of relaxed draws, or of their mean where there is no temperature. */
export const hardWithSlopeAt =
  (temperature: Tensor | undefined): Way =>
  (of, key) => {
    const z = of.noisy(key)
    const soft = temperature ? of.soft(z, temperature) : of.mean()
    return add(cast(of.hard(z), 'float32'), sub(soft, stopGradient(soft)))
  }
