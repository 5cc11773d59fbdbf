import { key, NumericalError } from '@variate/core'
import * as tf from '@tensorflow/tfjs-core'
import type { AnyDistribution } from '../distribution.ts'
import { gradients, read, tensorOf } from '../evaluate.ts'
import { sizeOf } from '../laws/draws.ts'
import { POINTS, sixthDifference, slopeOf, slopeOfFourthOrder } from '../laws/differences.ts'
import type { Comparisons } from '../tally.ts'
import { PROBABILITIES, valuesOf, type Values } from './values.ts'

const ULP = 2 ** -23
const SMALLEST = 2 ** -126
const DRAWS = 50
/** Nodes and weights of Gauss and Legendre's rule on [−1, 1]. */
const NODES = [
  [-0.9602898564975363, 0.10122853629037626],
  [-0.7966664774136267, 0.22238103445337448],
  [-0.525532409916329, 0.3137066458778873],
  [-0.1834346424956498, 0.362683783378362],
  [0.1834346424956498, 0.362683783378362],
  [0.525532409916329, 0.3137066458778873],
  [0.7966664774136267, 0.22238103445337448],
  [0.9602898564975363, 0.10122853629037626],
] as const
/** A sum over the values of a discrete distribution has no more terms. */
const TERMS = 300

/**
 * What is true of a distribution whatever it is: no NaN for what is valid; density 0 exactly outside the support; finite
 * gradients, equal to differences; a cumulative probability that grows from 0 to 1, with the survival probability as its
 * rest, the quantile as its inverse, and the integral or sum of the density as its rise; draws in the support.
 */
export function checkProperties(tally: Comparisons, at: string, d: AnyDistribution, limits: Limits): void {
  const hasAtoms = limits.hasAtoms ?? false
  checkDraws(tally, at, d)
  const values = d.eventShape.length > 0 ? undefined : valuesOf(d, hasAtoms)
  const isNarrow = values !== undefined && isCrowded(values)
  checkMoments(tally, at, d, isNarrow)
  if (!values) return
  checkLogProb(tally, at, d, values, isNarrow)
  checkCdf(tally, at, d, values)
  if (isNarrow) return tally.omit()
  checkQuantiles(tally, at, d, limits)
  if (hasAtoms) return
  checkMass(tally, at, d, values, limits)
  checkSlope(tally, at, d, values)
}

/** What is known of a distribution beside itself. */
export interface Limits {
  readonly hasAtoms?: boolean
  /** A number that values are rounded as, such as the location of an angle. */
  readonly largest?: number
  /** What cumulative probabilities are rounded by, beside float32's rounding of 1. */
  readonly rounding?: number
}

/** Whether float32 has next to no numbers where the distribution is, as at scale 1e-30 around 1. */
function isCrowded({ typical }: Values): boolean {
  const [low, high] = [typical[2] ?? 0, typical.at(-3) ?? 0]
  const largest = Math.max(Math.abs(low), Math.abs(high))
  return high - low < 1e3 * ULP * largest || largest < SMALLEST || largest > 1e37
}

function checkMoments(tally: Comparisons, at: string, d: AnyDistribution, isNarrow: boolean): void {
  for (const moment of ['mean', 'variance', 'entropy'] as const) {
    const numbers = d[moment] ? read(() => d[moment]!()) : []
    // Means and variances that do not exist are NaN.
    if (moment === 'entropy' && !isNarrow)
      tally.check(!numbers.some(Number.isNaN), () => `${at}: entropy is NaN`)
    if (moment === 'variance') tally.check(!numbers.some((x) => x < 0), () => `${at}: variance ${numbers}`)
  }
}

function checkDraws(tally: Comparisons, at: string, d: AnyDistribution): void {
  if (!d.sample) return
  const size = sizeOf(d.eventShape)
  let draws: readonly number[]
  try {
    draws = read(() => d.sample!(key(3), [DRAWS]))
  } catch (error) {
    // Counts that int32 cannot hold.
    if (!(error instanceof NumericalError)) throw error
    tally.omit()
    return
  }
  const isDense = !d.support.isDiscrete
  const logs = read(() => d.logProb(tf.tensor([...draws], [DRAWS, ...d.eventShape])))
  for (let i = 0; i < DRAWS; i++) {
    const event = draws.slice(i * size, (i + 1) * size)
    // What is beyond float32 is drawn as infinity, or as 0.
    if (event.some((x) => Math.abs(x) === Infinity || (isDense && Math.abs(x) < SMALLEST))) tally.omit()
    else {
      const found = d.support.violation(event, d.eventShape)
      tally.check(found === undefined, () => `${at}: draw ${event} is outside the support: ${found}`)
      tally.check(!Number.isNaN(logs[i]!), () => `${at}: the log density of draw ${event} is NaN`)
    }
  }
}

function checkLogProb(
  tally: Comparisons,
  at: string,
  d: AnyDistribution,
  { all, typical }: Values,
  isNarrow: boolean,
): void {
  const logs = read(() => d.logProb(tensorOf(all)))
  const slopes = read(() => gradients((x) => d.logProb(x!), [tensorOf(all)])[0]!)
  const [low, high] = [typical[0] ?? NaN, typical.at(-1) ?? NaN]
  all.forEach((x, i) => {
    const isOutside = d.support.violation([x], []) !== undefined
    const log = logs[i]!
    const where = `${at} at ${x}: log density`
    if (isOutside) {
      tally.check(log === -Infinity, () => `${where} outside the support is ${log}`)
      tally.check(slopes[i] === 0, () => `${at} at ${x}: gradient outside the support is ${slopes[i]}`)
    } else {
      tally.check(!Number.isNaN(log), () => `${where} is NaN`)
      // Within the quantiles no density underflows, and no slope of what is continuous.
      if (isNarrow || !d.icdf || !(x > low && x < high)) return
      tally.check(log > -Infinity, () => `${where} between quantiles is ${log}`)
      tally.check(!Number.isNaN(slopes[i]!), () => `${at} at ${x}: gradient is NaN`)
    }
  })
}

function checkCdf(tally: Comparisons, at: string, d: AnyDistribution, { all }: Values): void {
  if (!d.cdf) return
  const cumulative = read(() => d.cdf!(tensorOf(all)))
  const rest = d.survival ? read(() => d.survival!(tensorOf(all))) : undefined
  all.forEach((x, i) => {
    const p = cumulative[i]!
    const before = i > 0 ? cumulative[i - 1]! : 0
    tally.check(p >= 0 && p <= 1, () => `${at}: cdf at ${x} is ${p}`)
    tally.check(p >= before - 4e-7 * before, () => `${at}: cdf falls from ${before} to ${p} at ${x}`)
    if (rest)
      tally.compare({ at: `${at} at ${x}: cdf + survival`, expected: 1, got: p + rest[i]!, allowed: 4e-6 })
  })
}

function checkQuantiles(
  tally: Comparisons,
  at: string,
  d: AnyDistribution,
  { hasAtoms = false, largest = 0, rounding: given = 0 }: Limits,
): void {
  if (!d.icdf || !d.cdf) return
  const xs = read(() => d.icdf!(tensorOf(PROBABILITIES)))
  const here = read(() => d.cdf!(tensorOf(xs)))
  const densities = read(() => d.logProb(tensorOf(xs))).map(Math.exp)
  const isStepped = d.support.isDiscrete || hasAtoms
  const below = isStepped ? read(() => d.cdf!(tensorOf(xs.map((x) => Math.ceil(x) - 1)))) : here
  PROBABILITIES.forEach((p, i) => {
    const x = xs[i]!
    const where = `${at}: quantile ${x} of ${p}`
    tally.check(!Number.isNaN(x) && (i === 0 || x >= xs[i - 1]!), () => `${where}, after ${xs[i - 1]}`)
    // Whole numbers beyond 2²⁴ have no neighbours, and below the least normal number digits are lost.
    if (!Number.isFinite(x) || (isStepped ? Math.abs(x) > 2 ** 24 : Math.abs(x) < SMALLEST))
      return tally.omit()
    const slope = d.support.isDiscrete ? 0 : densities[i]!
    const rounding = 4 * ULP * Math.max(Math.abs(x), largest) * slope + given
    if (isStepped) {
      const [least, most] = [p * (1 - 4e-6) - rounding, p * (1 + 4e-6) + rounding]
      tally.check(here[i]! >= least, () => `${where}: cdf ${here[i]} is less`)
      tally.check(below[i]! <= most, () => `${where}: cdf of the one below is ${below[i]}`)
      return
    }
    const usual = 8e-6 * p + 2 * ULP
    if (!(rounding < 0.01)) return tally.omit()
    const isCoarse = rounding > usual
    tally.compare({ at: `${where}: cdf`, expected: p, got: here[i]!, allowed: usual + rounding, isCoarse })
  })
}

/** The rise of the cdf between quantiles is what the density integrates, or sums, to. */
function checkMass(
  tally: Comparisons,
  at: string,
  d: AnyDistribution,
  { typical }: Values,
  { largest = 0, rounding = 0 }: Limits,
): void {
  if (!d.cdf || typical.length < PROBABILITIES.length) return
  const [low, high] = [typical[1]!, typical.at(-2)!]
  if (d.support.isDiscrete) {
    if (!(high - low < TERMS)) return tally.omit()
    const terms = Array.from({ length: high - low + 1 }, (_, i) => low + i)
    const total = read(() => d.logProb(tensorOf(terms))).reduce((sum, log) => sum + Math.exp(log), 0)
    const [last, first] = read(() => d.cdf!(tensorOf([high, low - 1]))) as [number, number]
    tally.compare({
      at: `${at}: sum from ${low} to ${high}`,
      expected: last - first,
      got: total,
      allowed: 1e-5,
    })
    return
  }
  const ends = typical.slice(1, -1)
  const cumulative = read(() => d.cdf!(tensorOf(ends)))
  if (!d.icdf) return
  // Each interval as a whole and in halves: where they differ the rule sees too little.
  const panels = ends.slice(1).flatMap((b, i) => {
    const a = ends[i]!
    return [
      [a, b],
      [a, (a + b) / 2],
      [(a + b) / 2, b],
    ] as const
  })
  const xs = panels.flatMap(([a, b]) => NODES.map(([node]) => (a + b + node * (b - a)) / 2))
  const densities = read(() => d.logProb(tensorOf(xs))).map(Math.exp)
  const masses = panels.map(([a, b], i) =>
    NODES.reduce((sum, [, weight], k) => sum + (weight * (b - a) * densities[i * NODES.length + k]!) / 2, 0),
  )
  ends.slice(1).forEach((b, i) => {
    const a = ends[i]!
    const expected = cumulative[i + 1]! - cumulative[i]!
    const [whole, left, right] = masses.slice(3 * i) as [number, number, number]
    const isSteep = !(Math.abs(whole - left - right) < 1e-3 * Math.max(expected, whole))
    if (isSteep || !(b - a > 1e4 * ULP * Math.max(Math.abs(a), Math.abs(b), largest))) return tally.omit()
    const allowed = 2e-3 * expected + 1e-5 + 2 * rounding
    tally.compare({ at: `${at}: integral from ${a} to ${b}`, expected, got: left + right, allowed })
  })
}

/** The gradient in the value by differences of the log density, where they are worth a hundredth of it. */
function checkSlope(tally: Comparisons, at: string, d: AnyDistribution, { typical }: Values): void {
  if (d.support.isDiscrete || typical.length < 3) return
  const xs = typical.slice(1, -1)
  const slopes = read(() => gradients((x) => d.logProb(x!), [tensorOf(xs)])[0]!)
  const step = 0.02 * (typical.at(-3)! - typical[2]!)
  if (!(step > 0 && step < Infinity)) return tally.omit()
  const places = xs.flatMap((x) => POINTS.map((t) => x + t * step))
  const all = read(() => d.logProb(tensorOf(places)))
  xs.forEach((x, i) => {
    const logs = all.slice(i * POINTS.length, (i + 1) * POINTS.length)
    const slope = slopeOf(logs)
    const rounding =
      16 * ULP * Math.max(1, ...logs.map(Math.abs)) + (ULP * Math.abs(x) * Math.abs(slope)) / step
    const noise = (sixthDifference(logs) + Math.abs(slope - slopeOfFourthOrder(logs)) + rounding) / step
    const size = Math.max(Math.abs(slope), 0.002) / step
    if (!(noise < 0.01 * size)) return tally.omit()
    const allowed = noise + 1e-3 * size
    tally.compare({ at: `${at} at ${x}: gradient`, expected: slope / step, got: slopes[i]!, allowed })
  })
}
