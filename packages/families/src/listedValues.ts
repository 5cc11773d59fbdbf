import { NdArray } from '@variate/core'
import type { Capabilities, Distribution } from '@variate/distributions'
import { supportsOf, type Bound, type RandomSite } from '@variate/language/internal'

/**
 * The values of a discrete latent, [count, ...event], of its type of numbers: nothing, where they have no end, or an element is
 * several numbers that are distributed by themselves.
 */
export function listedValues(bound: Bound, site: RandomSite, who: string): NdArray | undefined {
  const distribution: Distribution & Partial<Capabilities> = bound.distributions.get(site)!
  const { name, support, batchShape, eventShape } = distribution
  if (!support.isDiscrete || batchShape.length > 0 || !distribution.enumerateSupport) return undefined
  const isWhole = bound.specs[site.name]!.dtype === 'int32'
  const listed = (values: Iterable<number>, shape: readonly number[]): NdArray =>
    new NdArray(isWhole ? Int32Array.from(values) : Float64Array.from(values), shape)
  // These have the same values whatever their parameters are, which need not be known.
  if (name === 'bernoulli') return listed([0, 1], [2])
  if (name === 'categorical' && support.high !== undefined) {
    const count = Number(support.high) + 1
    return listed(Array(count).keys(), [count])
  }
  if (name === 'oneHotCategorical') {
    const count = eventShape[0]!
    const rows = Array.from({ length: count ** 2 }, (_, i) => (i % (count + 1) === 0 ? 1 : 0))
    return listed(rows, [count, count])
  }
  const { data, shape } = supportsOf(bound, { only: site, who }).get(site)!
  return listed(data, shape)
}
