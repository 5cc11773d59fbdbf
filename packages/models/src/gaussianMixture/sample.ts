import { DomainError, linalg, NdArray, random, split, type Key } from '@variate/core'
import { isDense, type Mixture } from './mixture.ts'
import { matrixOffset } from './whiten.ts'

/** Draws from a mixture. */
export interface MixtureSample {
  /** [n, d]. */
  readonly x: NdArray<Float64Array>
  /** [n]: the component that each row was drawn from. */
  readonly component: NdArray<Int32Array>
}

/** Ancestral sampling: z from the weights, then x = μ_z + L_z·ε with Σ = L·Lᵀ and standard normal ε. */
export function sample(mixture: Mixture, count: number, key: Key): MixtureSample {
  requireWhole(count)
  const { dimension: d, weights, means } = mixture
  const [forComponent, forNoise] = split(key)
  const component = random.categorical(forComponent, [count], { probs: [...weights], dtype: 'float64' })
  const noise = random.normal(forNoise, [count, d], { dtype: 'float64' }).data
  const factors = deviations(mixture)
  const x = new Float64Array(count * d)
  for (let i = 0; i < count; i++) {
    const k = component.data[i]!
    for (let a = 0; a < d; a++) {
      let value = means[k * d + a]!
      if (isDense(mixture.covariance)) {
        const row = matrixOffset(mixture, k) + a * d
        for (let b = 0; b <= a; b++) value += factors[row + b]! * noise[i * d + b]!
      } else value += factors[k * d + a]! * noise[i * d + a]!
      x[i * d + a] = value
    }
  }
  return { x: new NdArray(x, [count, d]), component }
}

function requireWhole(count: number): void {
  if (Number.isInteger(count) && count >= 0) return
  throw new DomainError(`gaussianMixture.sample: count must be a whole number ≥ 0, got ${count}`)
}

/** Cholesky factors of dense covariances, standard deviations of the others. */
function deviations({ covariance, covariances, whitening, dimension: d }: Mixture): Float64Array {
  if (!isDense(covariance)) return whitening.map((value) => 1 / value)
  const factors = covariances.slice()
  for (let at = 0; at < factors.length; at += d * d) linalg.choleskyInPlace(factors, d, at)
  return factors
}
