import { key } from '@variate/core'
import * as tf from '@tensorflow/tfjs-core'
import { call, type AnyDistribution } from '../distribution.ts'
import { read, show } from '../evaluate.ts'
import type { Case } from '../oracle/parseOracle.ts'
import { Z_CRITICAL } from '../statistics/budget.ts'
import { rankCorrelation } from '../statistics/ranks.ts'
import { meanTest } from '../statistics/zScore.ts'
import type { Subject } from '../subject.ts'
import { Comparisons, type Tally } from '../tally.ts'
import { areCoarse } from './coarse.ts'
import { checkChiSquared } from './chiSquared.ts'
import { canDraw, countOf, draw, sizeOf } from './draws.ts'
import { checkKolmogorov } from './kolmogorov.ts'

/**
 * Draws are in the support, follow the distribution (Kolmogorov and Smirnov for numbers, χ² for what is discrete),
 * have its mean, variance, covariance and entropy, and do not depend on their predecessors.
 */
export function checkSampler(subject: Subject): Tally {
  const { name, make, cases } = subject
  const tally = new Comparisons(name, 'sampler')
  cases.forEach((item, seed) => {
    const distribution = call(make, item.args)
    if (!canDraw(distribution)) return tally.omit()
    const count = countOf(subject, item)
    const draws = draw(distribution, seed, [count])
    const at = `case "${item.name}"`
    const isCoarse = areCoarse(distribution, draws, subject.hasAtoms)
    if (isCoarse) tally.omit()
    else {
      checkSupport(tally, at, distribution, draws)
      if (!distribution.support.isDiscrete && !subject.hasAtoms) checkPlaces(tally, at, distribution, draws)
    }
    if (distribution.eventShape.length === 0) checkKolmogorov(tally, at, distribution, draws)
    if (distribution.support.isDiscrete) checkChiSquared(tally, at, distribution, draws)
    checkMomentsOfDraws(tally, item, distribution, draws, isCoarse, subject.isCircular)
    checkPredecessors(tally, at, distribution, draws)
  })
  return tally.close()
}

function checkSupport(
  tally: Comparisons,
  at: string,
  { support, eventShape, cdf }: AnyDistribution,
  draws: ArrayLike<number>,
): void {
  const size = sizeOf(eventShape)
  const outside = read(() => {
    const events = tf.tensor(Array.from(draws), [draws.length / size, ...eventShape])
    return support.outside(events) ?? tf.scalar(0)
  })
  if (!outside.some(Boolean)) return tally.check(true, () => '')
  const row = new Float64Array(size)
  for (let start = 0; start < draws.length; start += size) {
    for (let i = 0; i < size; i++) row[i] = draws[start + i]!
    const violation = support.violation(row, eventShape)
    // What is beyond float32 is drawn as infinity: as often as the distribution function says.
    const isBeyond = cdf !== undefined && Math.abs(row[0]!) === Infinity
    if (violation === undefined || isBeyond) continue
    tally.check(false, () => `${at}: draw ${start / size} is outside the support: ${violation}`)
    return
  }
  tally.check(true, () => '')
}

/** No place has a probability: hardly a vector is drawn twice. */
function checkPlaces(
  tally: Comparisons,
  at: string,
  { eventShape }: AnyDistribution,
  draws: ArrayLike<number>,
): void {
  const size = sizeOf(eventShape)
  const n = draws.length / size
  // Near the vertices of a simplex float32 has no more than one number.
  if (size < 2 || Array.from({ length: size }, (_, i) => draws[i]!).some(Number.isInteger)) return
  let first = 0
  for (let row = 1; row < n; row++) {
    let i = 0
    while (i < size && draws[row * size + i] === draws[i]) i++
    if (i === size) first++
  }
  tally.check(first < 0.05 * n, () => `${at}: ${first} of ${n} draws are the first one again`)
}

/** By z-scores; those of the oracle, which the distribution's own were held against. */
function checkMomentsOfDraws(
  tally: Comparisons,
  item: Case,
  distribution: AnyDistribution,
  draws: ArrayLike<number>,
  isCoarse: boolean,
  isCircular = false,
): void {
  const size = sizeOf(distribution.eventShape)
  const n = draws.length / size
  const { mean, variance, covariance, entropy } = item
  const column = (f: (row: number) => number): Float64Array =>
    Float64Array.from({ length: n }, (_, row) => f(row))
  const entryOf = (i: number): Float64Array => column((row) => draws[row * size + i]!)
  const compare = (what: string, expected: number | null | undefined, xs: Float64Array): void => {
    if (expected === null || expected === undefined || !Number.isFinite(expected)) return
    const found = meanTest(xs)
    if (!found) return
    // float32 rounds what is drawn, and what is expected of it.
    const allowed = Z_CRITICAL * found.standardError + 1e-6 * Math.abs(expected)
    tally.compare({ at: `case "${item.name}", ${what} of ${n} draws`, expected, got: found.mean, allowed })
  }
  for (let i = 0; i < size; i++) {
    const entry = size > 1 ? ` of entry ${i}` : ''
    const centre = mean?.[i]
    const around = (x: number): number => (isCircular ? centre! + Math.sin(x - centre!) : x)
    compare(`mean${entry}`, centre, entryOf(i).map(around))
    if (centre === null || centre === undefined) continue
    compare(
      `variance${entry}`,
      variance?.[i],
      entryOf(i).map((x) => (isCircular ? 1 - Math.cos(x - centre) : (x - centre) ** 2)),
    )
    for (let j = 0; j < (covariance && meanTest(entryOf(i)) ? i : 0); j++) {
      if (!meanTest(entryOf(j))) continue
      compare(
        `covariance of entries ${i} and ${j}`,
        covariance?.[i * size + j],
        column((row) => (draws[row * size + i]! - centre) * (draws[row * size + j]! - mean![j]!)),
      )
    }
  }
  if (entropy?.[0] === undefined) return
  if (isCoarse) return tally.omit()
  const shape = [n, ...distribution.eventShape]
  const logs = read(() => distribution.logProb(tf.tensor(Array.from(draws), shape)))
  compare(
    'entropy',
    entropy[0],
    Float64Array.from(logs, (x) => -x),
  )
}

function checkPredecessors(
  tally: Comparisons,
  at: string,
  { eventShape }: AnyDistribution,
  draws: ArrayLike<number>,
): void {
  const size = sizeOf(eventShape)
  const n = Math.min(5000, draws.length / size)
  const of = (entry: number, lag: number): Float64Array =>
    Float64Array.from({ length: n - 1 }, (_, i) => draws[(i + lag) * size + entry]!)
  for (let entry = 0; entry < Math.min(size, 3); entry++) {
    const z = rankCorrelation(of(entry, 0), of(entry, 1))
    if (z === undefined) continue
    tally.compare({ at: `${at}: correlation of successive draws`, expected: 0, got: z, allowed: Z_CRITICAL })
  }
}

/** Equal keys give equal draws, others others; shapes are [...sampleShape, ...batchShape, ...eventShape]. */
export function checkSampleShape({ name, make, cases }: Subject): Tally {
  const tally = new Comparisons(name, 'shapes and keys of samples')
  for (const item of cases) {
    const distribution = call(make, item.args)
    if (!canDraw(distribution)) continue
    const { eventShape, batchShape, support, reparameterized } = distribution
    // A draw of whole numbers that has derivatives is one of float32.
    const isWhole = support.isDiscrete && reparameterized !== true
    for (const sampleShape of [undefined, [], [3], [2, 0], [2, 3]]) {
      tf.tidy(() => {
        const { shape, dtype } = distribution.sample!(key(0), sampleShape)
        const expected = [...(sampleShape ?? []), ...batchShape, ...eventShape]
        tally.check(
          show(shape) === show(expected),
          () =>
            `case "${item.name}": sampleShape ${show(sampleShape ?? [])} gives ${show(shape)}, not ${show(expected)}`,
        )
        tally.check((dtype === 'int32') === isWhole, () => `case "${item.name}": draws are ${dtype}`)
      })
    }
    const [once, again, other] = [7, 7, 8].map((seed) => draw(distribution, seed, [400]).join())
    tally.check(once === again, () => `case "${item.name}": equal keys give other draws`)
    const isConstant = isRepeated(once!.split(','), sizeOf(eventShape))
    tally.check(isConstant || once !== other, () => `case "${item.name}": other keys give the same draws`)
  }
  return tally.close()
}

function isRepeated(numbers: readonly string[], size: number): boolean {
  return numbers.every((number, i) => number === numbers[i % size])
}
