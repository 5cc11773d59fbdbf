import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { call } from '../distribution.ts'
import { gradients, read, repeated, withLeaves } from '../evaluate.ts'
import { numbersOf, transposed } from '../oracle/nested.ts'
import type { Case, Leaf } from '../oracle/parseOracle.ts'
import { Z_CRITICAL } from '../statistics/budget.ts'
import { meanTest } from '../statistics/zScore.ts'
import type { Subject } from '../subject.ts'
import { Comparisons, type Tally } from '../tally.ts'
import { areCoarse } from './coarse.ts'
import { differentiable } from './density.ts'
import { canDraw, countOf, draw } from './draws.ts'

/** How far a parameter is moved, in units of what one draw tells about it. */
const STEP = 0.5
const SCORES = 400
/** Of many cases, some evenly. */
const CASES = 14

/**
 * Draws and density belong together, whatever the shape of an event: for any other parameter θ′ the mean of
 * p(x; θ′)/p(x; θ) over draws from θ is 1. A step that the draws could notice makes this an exponential moment of the
 * score, which heavier or lighter tails change as well as wrong means and covariances do.
 */
export function checkLikelihoodRatio(subject: Subject): Tally {
  const { name, make, cases } = subject
  const tally = new Comparisons(name, 'likelihood ratios of draws')
  const stride = Math.ceil(cases.length / CASES)
  cases.forEach((item, seed) => {
    if (seed % stride !== 0) return
    const distribution = call(make, item.args)
    if (!canDraw(distribution)) return
    const count = countOf(subject, item)
    const draws = draw(distribution, 5000 + seed, [count])
    if (areCoarse(distribution, draws)) return tally.omit()
    // Probabilities that float32 rounds do not sum to 1, which a large total multiplies.
    const typical = item.sensitivity.toSorted((a, b) => a - b)[item.sensitivity.length >> 1]!
    tf.tidy(() => {
      const events = tf.tensor(draws, [count, ...distribution.eventShape])
      const base = distribution.logProb(events).dataSync()
      const isDifferentiable = differentiable(item)
      item.leaves.forEach((leaf, index) => {
        if (!isDifferentiable[index]) return
        const information = spreads(subject, item, index, events)
        for (const sign of [1, -1]) {
          const other = moved(subject, item, leaf, index, information, sign)
          if (!other) continue
          const logs = read(() => other.logProb(events))
          const found = meanTest(Float64Array.from(logs, (log, i) => Math.exp(log - base[i]!)))
          if (!found) continue
          const at = `case "${item.name}", ${leaf.name} moved ${sign > 0 ? 'up' : 'down'}`
          const allowed = Z_CRITICAL * found.standardError + 1e-4 + 4 * typical
          tally.compare({ at, expected: 1, got: found.mean, allowed })
        }
      })
    })
  })
  return tally.close()
}

/** The standard deviation of the score in each number of a parameter. */
function spreads({ make }: Subject, item: Case, index: number, events: Tensor): number[] {
  return tf.tidy(() => {
    const { value } = item.leaves[index]!
    const some = tf.slice(events, 0, Math.min(SCORES, events.shape[0]!))
    const [score] = gradients(
      (parameter) =>
        call(
          make,
          withLeaves(
            item,
            item.leaves.map((_, i) => (i === index ? parameter : undefined)),
          ),
        ).logProb(some),
      [repeated(value, some.shape[0]!)],
    )
    return Array.from(tf.sqrt(tf.mean(tf.square(score!), 0)).dataSync())
  })
}

/** The distribution with one parameter moved, along the simplex if it is on one; undefined if there is none. */
function moved(
  { make }: Subject,
  item: Case,
  { value, shape, name }: Leaf,
  index: number,
  information: readonly number[],
  sign: number,
): ReturnType<typeof call> | undefined {
  const numbers = numbersOf(value)
  const n = shape.at(-1) ?? 1
  const isSymmetric =
    shape.length === 2 && numbers.every((x, i) => x === numbers[transposed(i, n)]) && numbers.length > 1
  for (let step = STEP; step > STEP / 64; step /= 2) {
    const free = information.filter((size) => size > 0).length
    let steps = information.map((size, i) => {
      const direction = isSymmetric ? signOf(Math.min(i, transposed(i, n))) : signOf(i)
      return size > 0 ? (sign * direction * step) / size / Math.sqrt(free) : 0
    })
    if (name === 'probs' && shape.length > 0) {
      const mean = steps.reduce((sum, x) => sum + x, 0) / steps.length
      steps = steps.map((x) => x - mean)
    }
    const flat = numbers.map((x, i) => x + steps[i]!)
    try {
      const leaf = shape.length === 0 ? flat[0]! : tf.tensor(flat, [...shape])
      const other = call(
        make,
        withLeaves(
          item,
          item.leaves.map((_, i) => (i === index ? leaf : undefined)),
        ),
      )
      // A parameter given as a tensor is checked when it is first used.
      read(() => other.logProb(item.values[0]!))
      return other
    } catch {
      continue
    }
  }
  return undefined
}

/** A fixed pattern of signs that no symmetry of a distribution shares. */
function signOf(i: number): number {
  return [1, 1, -1, 1, -1, -1, 1][i % 7]!
}
