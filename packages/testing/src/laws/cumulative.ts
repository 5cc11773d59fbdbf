import { call } from '../distribution.ts'
import { read, show, tensorOf } from '../evaluate.ts'
import type { Subject } from '../subject.ts'
import { Comparisons, type Tally } from '../tally.ts'
import { densityTolerance } from './density.ts'

const ULP = 2 ** -23

/**
 * Cumulative probabilities against the oracle: to 4e-6 of themselves, small ones included, where one ulp of an input
 * does not change them more. What one ulp of one input changes in P is at most what it changes in log p, times P.
 */
export function checkCdf({ name, make, cases }: Subject): Tally {
  const tally = new Comparisons(name, 'cdf against the oracle')
  for (const item of cases) {
    if (!item.cdf) continue
    const got = read(() => required(call(make, item.args).cdf?.(tensorOf(item.values)), name, 'cdf'))
    item.cdf.forEach((expected, i) => {
      const value = item.values[i]!
      const slope = Math.abs(value as number) * ULP * Math.exp(item.logProb[i]!)
      const usual = Math.max(4e-6 * expected, 1e-37)
      const allowed = Math.max(usual, 4 * expected * (item.sensitivity[i] ?? 0), 4 * slope)
      const at = `case "${item.name}" at ${show(value)}`
      tally.compare({ at, expected, got: got[i]!, allowed, isCoarse: allowed > usual })
    })
  }
  return tally.close()
}

/**
 * Quantiles against the oracle: to 4e-6 of themselves, or what one ulp of the probability changes, which is
 * ulp / density; those of discrete distributions exactly.
 */
export function checkIcdf({ name, make, cases }: Subject): Tally {
  const tally = new Comparisons(name, 'quantiles against the oracle')
  for (const item of cases) {
    if (!item.icdf) continue
    const { p, x } = item.icdf
    if (p.length === 0) continue
    const distribution = call(make, item.args)
    const got = read(() => required(distribution.icdf?.(tensorOf(p)), name, 'icdf'))
    const slope = distribution.support.isDiscrete ? undefined : read(() => distribution.logProb(tensorOf(x)))
    const size = Math.max(
      ...item.leaves.map(({ value }) => (typeof value === 'number' ? Math.abs(value) : 0)),
    )
    x.forEach((expected, i) => {
      const usual = slope ? Math.max(4e-6 * Math.abs(expected), ULP * Math.min(size, 1)) : 0
      const allowed = slope ? Math.max(usual, (4 * ULP * p[i]!) / Math.exp(slope[i]!)) : 0
      const at = `case "${item.name}" at probability ${p[i]}`
      tally.compare({ at, expected, got: got[i]!, allowed, isCoarse: allowed > usual })
    })
  }
  return tally.close()
}

const MOMENTS = ['mean', 'variance', 'entropy'] as const

/** Mean, variance and entropy against the oracle, to the tolerance of log densities; a mean to 1e-6 of the spread. */
export function checkMoments({ name, make, cases }: Subject): Tally {
  const tally = new Comparisons(name, 'mean, variance and entropy against the oracle')
  for (const item of cases) {
    for (const moment of MOMENTS) {
      const expected = item[moment]
      if (!expected) continue
      const got = read(() => required(call(make, item.args)[moment]?.(), name, moment))
      expected.forEach((number, i) => {
        if (number === null) return
        const entry = expected.length > 1 ? ` entry ${i}` : ''
        const spread = moment === 'mean' ? Math.sqrt(item.variance?.[i] ?? 0) : 0
        const allowed =
          moment === 'entropy'
            ? densityTolerance(number)
            : Math.max(4e-6 * Math.abs(number), 1e-6 * spread, 1e-37)
        const at = `case "${item.name}", ${moment}${entry}`
        tally.compare({
          at,
          expected: Math.abs(number) > 3.5e38 ? Math.sign(number) * Infinity : number,
          got: got[i]!,
          allowed,
        })
      })
    }
  }
  return tally.close()
}

function required<Value>(value: Value | undefined, name: string, what: string): Value {
  if (value === undefined) throw new Error(`${name}: the oracle knows ${what}, the distribution has none`)
  return value
}
