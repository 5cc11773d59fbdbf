import { key, random } from '@variate/core'
import type { Covariance } from '@variate/models'
import type { Mixture } from '../src/gaussianMixture/mixture.ts'
import { whiten } from '../src/gaussianMixture/whiten.ts'

export const FORMS: readonly Covariance[] = ['full', 'tied', 'diagonal', 'spherical']

/** A mixture of components that overlap, or are `apart` from each other, far from the origin in the first coordinate. */
export function mixtureOf(covariance: Covariance, components: number, d: number, apart = 1): Mixture {
  const draw = random.normal(key(d), [components, d], { dtype: 'float64' }).data
  const means = draw.map((value, at) => apart * value + (at % d === 0 ? 100 : 0))
  const element = (k: number, a: number, b: number): number =>
    a === b ? 1 + 0.1 * k : 0.2 / (1 + Math.abs(a - b))
  const matrices = (count: number): Float64Array =>
    Float64Array.from({ length: count * d * d }, (_, i) =>
      element(Math.floor(i / (d * d)), Math.floor(i / d) % d, i % d),
    )
  const covariances = {
    full: () => matrices(components),
    tied: () => matrices(1),
    diagonal: () => Float64Array.from({ length: components * d }, (_, i) => 0.5 + ((7 * i) % 11) / 10),
    spherical: () => Float64Array.from({ length: components }, (_, k) => 0.8 + 0.3 * k),
  }[covariance]()
  const weights = Float64Array.from(
    { length: components },
    (_, k) => (2 * (k + 1)) / (components * (components + 1)),
  )
  return whiten({ components, dimension: d, covariance }, { weights, means, covariances }) as Mixture
}

/** Points about the means of a mixture, in turn. */
export function pointsAbout({ components, dimension: d, means }: Mixture, rows: number): Float64Array {
  const noise = random.normal(key(7), [rows, d], { dtype: 'float64' }).data
  return noise.map((value, at) => value + means[(Math.floor(at / d) % components) * d + (at % d)]!)
}
