import type { Tensor } from '@tensorflow/tfjs-core'
import { UnsupportedError } from '@variate/core'
import { fill, type AnyKey } from '@variate/core/ops'
import type { Distribution } from '@variate/distributions'
import type { RandomSite } from './declaration.ts'

/** What stands in for a distribution's own way to draw. */
export type Drawing = (distribution: Distribution, key: AnyKey) => Tensor

/** Told of the distribution of one element of a site, while a program is traced; says whether only shapes are wanted, or what draws. */
export type OnMade = (site: RandomSite, distribution: Distribution) => 'shape' | Drawing | undefined | void

/** @throws UnsupportedError for a distribution that is improper, unless only shapes are wanted. */
export function drawOf(site: RandomSite, distribution: Distribution, key: AnyKey, onMade: OnMade): Tensor {
  const wanted = onMade(site, distribution)
  if (typeof wanted === 'function') return wanted(distribution, key)
  if (typeof (distribution as Partial<Distribution>).sample === 'function') return distribution.sample(key)
  const { name, batchShape, eventShape } = distribution
  if (wanted === 'shape') return fill([...batchShape, ...eventShape], 0.5)
  throw new UnsupportedError(
    `${name} is improper and cannot be drawn from: give the site a value, or a proper prior`,
  )
}
