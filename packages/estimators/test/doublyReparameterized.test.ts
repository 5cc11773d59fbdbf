import '@tensorflow/tfjs-backend-cpu'
import {
  doublyReparameterized,
  importanceWeighted,
  stickingTheLanding,
  type Estimator,
} from '@variate/estimators'
import { expect, test } from 'vitest'
import { estimatesOf, momentsOf } from './estimatesOf.ts'
import { gaussian, gaussianAt } from './smallProblems.ts'

/** |mean| / standard deviation of the derivative in the location of q. */
function signalToNoise(estimator: Estimator): number {
  const parts = [0, 1, 2, 3].map((seed) => estimatesOf(estimator, gaussian, gaussianAt, 4000, { seed })['m']!)
  const { mean, variance } = momentsOf(Float64Array.from(parts.flatMap((part) => [...part])))
  return Math.abs(mean) / Math.sqrt(variance)
}

test('as particles grow in number its signal rises from the noise as √k, where that of importanceWeighted sinks as 1/√k', () => {
  const counts = [1, 4, 16, 64, 256]
  const doubly = counts.map((particles) => signalToNoise(doublyReparameterized({ particles })))
  const single = counts.map((particles) => signalToNoise(importanceWeighted({ particles })))
  for (const [i, own] of doubly.entries()) expect(own).toBeGreaterThan(2 * single[i]!)
  const steps = (x: readonly number[]) => x.slice(1).map((own, i) => own / x[i]!)
  for (const ratio of steps(single)) expect(ratio).toBeLessThan(0.75)
  for (const ratio of steps(doubly.slice(1))) expect(ratio).toBeGreaterThan(1.4)
  // From 16 to 256 particles √16 times as clear.
  expect(doubly[4]! / doubly[2]!).toBeGreaterThan(3.6)
  expect(doubly[4]! / doubly[2]!).toBeLessThan(4.4)
})

test('one particle is sticking the landing', () => {
  const own = estimatesOf(doublyReparameterized({ particles: 1 }), gaussian, gaussianAt, 100)
  const other = estimatesOf(stickingTheLanding(), gaussian, gaussianAt, 100)
  for (const [name, x] of Object.entries(other))
    for (const [i, y] of x.entries()) expect(own[name]![i]).toBeCloseTo(y, 12)
})
