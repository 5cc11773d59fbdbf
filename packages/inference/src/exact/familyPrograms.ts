import type { Tensor } from '@tensorflow/tfjs-core'
import { compile } from '@variate/compile'
import { NdArray, type Key } from '@variate/core'
import { concat, constant, expandDims, reshape, slice } from '@variate/core/ops'
import type { FamilyOfLatents } from './exponentialFamilies.ts'

/** What is computed of an exponential family, in float64, for many members or points at a time. */
export interface FamilyPrograms {
  readonly family: FamilyOfLatents
  readonly size: number
  /** How many statistics there are. */
  readonly count: number
  /** T(x), [n, count], and log h(x), [n], of points [n, size]. */
  statistics(x: Float64Array): { readonly statistics: Float64Array; readonly base: Float64Array }
  /** A(η), [n], of natural parameters [n, count]; ∞ where there is no such member. */
  logNormalizer(eta: Float64Array): Float64Array
  /** The mean and the variance of each number, [n, size]. */
  moments(eta: Float64Array): { readonly mean: Float64Array; readonly variance: Float64Array }
  /** A draw from each member, [n, size]. */
  draw(key: Key, eta: Float64Array): Float64Array
}

/** Compiles an exponential family of so many numbers, each part when it is first asked for. */
export function familyPrograms(family: FamilyOfLatents, size: number): FamilyPrograms {
  const count = family.count(size)
  const own = family.typical(size)
  const isVector = family.domain === 'simplex'
  /** A statistic for each column; a vector of them is one already. */
  const columns = (eta: Tensor): readonly Tensor[] =>
    isVector
      ? [eta]
      : Array.from({ length: count }, (_, i) =>
          reshape(slice(eta, [0, i], [eta.shape[0]!, 1]), [eta.shape[0]!]),
        )
  const event = (x: Tensor): Tensor => (isVector ? x : reshape(x, [x.shape[0]!]))
  const options = { precision: 'float64' } as const
  const statistics = compile((x: Tensor) => {
    const member = family.member(constant(own))
    const all = member.sufficientStatistics(event(x))
    return {
      statistics: isVector
        ? all[0]!
        : concat(
            all.map((one) => expandDims(one, -1)),
            -1,
          ),
      base: member.logBaseMeasure(event(x)),
    }
  }, options)
  const logNormalizer = compile(
    (eta: Tensor) => family.member(constant(own)).logNormalizer(columns(eta)),
    options,
  )
  const moments = compile((eta: Tensor) => {
    const member = family.member(eta)
    return { mean: member.mean(), variance: member.variance() }
  }, options)
  const draws = compile((key: Tensor, eta: Tensor) => family.member(eta).sample(key), options)
  const rows = (data: Float64Array, width: number): NdArray => new NdArray(data, [data.length / width, width])
  return {
    family,
    size,
    count,
    statistics: (x) => {
      const result = statistics(rows(x, size))
      return { statistics: result.statistics.data as Float64Array, base: result.base.data as Float64Array }
    },
    logNormalizer: (eta) => {
      const all = (logNormalizer(rows(eta, count)).data as Float64Array).slice()
      for (let i = 0; i < all.length; i++)
        if (!family.isProper(eta.subarray(i * count, (i + 1) * count))) all[i] = Infinity
      return all
    },
    moments: (eta) => {
      const { mean, variance } = moments(rows(eta, count))
      return { mean: mean.data as Float64Array, variance: variance.data as Float64Array }
    },
    draw: (key, eta) =>
      draws(
        Int32Array.from(key, (word) => word | 0),
        rows(eta, count),
      ).data as Float64Array,
  }
}
