import { foldIn, random, special, type Key } from '@variate/core'
import { SPREADS, type FactorFamily } from './factorFamily.ts'

/**
 * Dirichlet vectors of so many numbers, T = log x; or beta numbers, T = (log x, log(1 − x)), which are the first number of a pair.
 */
export function simplices(length: number, isBeta: boolean): FactorFamily {
  const size = isBeta ? 1 : length
  const count = length
  const whole = (x: Float64Array): Float64Array => (isBeta ? Float64Array.of(x[0]!, 1 - x[0]!) : x)
  const point = (coordinates: ArrayLike<number>): Float64Array => {
    const all = Float64Array.from(coordinates, (u) => Math.exp(u))
    const total = all.reduce((a, b) => a + b, 0)
    return all.map((x) => x / total).subarray(0, size)
  }
  const each = <Result>(
    natural: Float64Array,
    f: (a: Float64Array, total: number, i: number) => Result,
  ): Result[] =>
    Array.from({ length: natural.length / count }, (_, i) => {
      const a = natural.subarray(i * count, (i + 1) * count)
      return f(
        a,
        a.reduce((x, y) => x + y, 0),
        i,
      )
    })
  return {
    name: isBeta ? 'beta' : 'dirichlet',
    size,
    count,
    base: new Float64Array(count).fill(-1),
    statistics: (values) => {
      const all = new Float64Array((values.length / size) * count)
      for (let from = 0, at = 0; from < values.length; from += size)
        for (const x of whole(values.subarray(from, from + size))) all[at++] = Math.log(x)
      return all
    },
    design: () => {
      const middle = new Float64Array(length)
      return Float64Array.from(
        [middle, ...Array.from({ length }, (_, i) => middle.with(i, 2 * Math.LN2))].flatMap((u) => [
          ...point(u),
        ]),
      )
    },
    elsewhere: (_scale, key) => {
      const noise = random.normal(key, [SPREADS.length, length], { dtype: 'float64' }).data
      return Float64Array.from(
        SPREADS.flatMap((spread, i) => {
          const own = noise.subarray(i * length, (i + 1) * length)
          return [...point(own.map((z) => Math.min(spread, 5) * Math.max(-2.5, Math.min(2.5, z))))]
        }),
      )
    },
    expectations: (natural) => {
      const expected = new Float64Array(natural.length)
      const logNormalizer = each(natural, (a, total, i) => {
        if (!a.every((x) => x > 0)) return NaN
        const ofTotal = special.digamma(total)
        for (const [k, x] of a.entries()) expected[i * count + k] = special.digamma(x) - ofTotal
        return a.reduce((sum, x) => sum + special.lgamma(x), -special.lgamma(total))
      })
      return { expected, logNormalizer: Float64Array.from(logNormalizer) }
    },
    moments: (natural) => {
      const means = each(natural, (a, total) => [...a.subarray(0, size)].map((x) => x / total))
      const variances = each(natural, (a, total) =>
        [...a.subarray(0, size)].map((x) => (x * (total - x)) / (total ** 2 * (total + 1))),
      )
      return { mean: Float64Array.from(means.flat()), variance: Float64Array.from(variances.flat()) }
    },
    draw: (key: Key, natural, times) => {
      const draws = new Float64Array((natural.length / count) * times * size)
      each(natural, (a, _, i) => {
        const ofMember = foldIn(key, i)
        const dtype = 'float64'
        const own = isBeta
          ? random.beta(ofMember, [times], { concentration1: a[0]!, concentration0: a[1]!, dtype })
          : random.dirichlet(ofMember, [times], { concentration: a, dtype })
        draws.set(own.data, i * times * size)
      })
      return draws
    },
  }
}
