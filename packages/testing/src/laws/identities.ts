import * as tf from '@tensorflow/tfjs-core'
import { call, type Nested } from '../distribution.ts'
import { gradients, read, show, tensorOf } from '../evaluate.ts'
import type { Subject } from '../subject.ts'
import { Comparisons, type Tally } from '../tally.ts'

const ULP = 2 ** -23

/**
 * A distribution function grows from 0 to 1, with the density as its derivative, or the probability as its jump: to
 * 2e-4 of the oracle's density, or what 8 ulp of the value change.
 */
export function checkCdfDerivative({ name, make, cases }: Subject): Tally {
  const tally = new Comparisons(name, 'derivative of the cdf')
  for (const item of cases) {
    const distribution = call(make, item.args)
    if (!distribution.cdf) continue
    const sorted = (item.values as readonly number[]).toSorted((a, b) => a - b)
    const grid = read(() => distribution.cdf!(tensorOf(sorted)))
    grid.forEach((p, i) => {
      const at = `case "${item.name}": cdf at ${sorted[i]} is ${p}`
      tally.check(p >= 0 && p <= 1, () => at)
      tally.check(i === 0 || p >= grid[i - 1]!, () => `${at}, at ${sorted[i - 1]} it is ${grid[i - 1]}`)
    })
    const slopes = distribution.support.isDiscrete
      ? read(() =>
          tf.sub(distribution.cdf!(tensorOf(item.values)), distribution.cdf!(tensorOf(below(item.values)))),
        )
      : read(() => gradients((x) => distribution.cdf!(x!), [tensorOf(item.values)])[0]!)
    item.values.forEach((value, i) => {
      const expected = Math.exp(item.logProb[i]!)
      const slope = item.gradient?.value?.[i]?.[0]
      if (
        !Number.isFinite(expected) ||
        (!distribution.support.isDiscrete && (slope === null || slope === undefined))
      )
        return
      const allowed = distribution.support.isDiscrete
        ? 2e-4 * expected + 2 * ULP
        : Math.max(2e-4, 4 * item.sensitivity[i]!) * expected + 2 ** -126
      if (expected > 3.4e38) return tally.omit()
      const isCoarse = !distribution.support.isDiscrete && 4 * item.sensitivity[i]! > 2e-4
      tally.compare({
        at: `case "${item.name}" at ${show(value)}`,
        expected,
        got: slopes[i]!,
        allowed,
        isCoarse,
      })
    })
  }
  return tally.close()
}

function below(values: readonly Nested[]): Nested {
  return values.map((x) => (x as number) - 1)
}

/**
 * The quantile of a cumulative probability is where it was taken: within what rounding of the probability changes,
 * ulp / density; for counts exactly, wherever float32 tells the probability from that of the count before, and from 1.
 */
export function checkRoundTrip({ name, make, cases }: Subject): Tally {
  const tally = new Comparisons(name, 'quantile of the cdf')
  for (const item of cases) {
    const distribution = call(make, item.args)
    const { cdf, icdf, support } = distribution
    if (!cdf || !icdf) continue
    const values = item.values as readonly number[]
    const probabilities = read(() => cdf(tensorOf(values)))
    const got = read(() => icdf(tensorOf(probabilities)))
    const before = support.isDiscrete && read(() => cdf(tensorOf(below(values))))
    values.forEach((value, i) => {
      const p = probabilities[i]!
      const density = Math.exp(item.logProb[i]!)
      const at = `case "${item.name}" at ${value}`
      if (before) {
        if (p > before[i]! && p < 1) tally.compare({ at, expected: value, got: got[i]!, allowed: 0 })
        return
      }
      // Beyond these ends float32 probabilities no longer tell values apart.
      if (!(p > 1e-30 && p < 1 - 1e-4) || !(density > 0 && density < Infinity)) return tally.omit()
      const allowed = Math.max(8e-6 * Math.abs(value), ((4 * ULP + 8e-6) * p) / density, 1e-37)
      tally.compare({ at, expected: value, got: got[i]!, allowed })
    })
  }
  return tally.close()
}

/** The probabilities of all values sum to 1. */
export function checkEnumeration({ name, make, cases }: Subject): Tally {
  const tally = new Comparisons(name, 'enumeration of the support')
  for (const item of cases) {
    tf.tidy(() => {
      const distribution = call(make, item.args)
      const values = distribution.enumerateSupport?.()
      if (!values) return
      const [count, ...event] = values.shape
      tally.check(
        show(event) === show(distribution.eventShape),
        () => `case "${item.name}": the shape is ${show(values.shape)}`,
      )
      const total = Array.from(distribution.logProb(values).dataSync()).reduce(
        (sum, x) => sum + Math.exp(x),
        0,
      )
      tally.compare({ at: `case "${item.name}": ${count} values`, expected: 1, got: total, allowed: 4e-6 })
    })
  }
  return tally.close()
}
