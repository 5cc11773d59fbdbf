import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { add, mul, sum } from '@variate/core/ops'
import { gradients, read, show } from '../evaluate.ts'
import type { Case } from '../oracle/parseOracle.ts'
import type { Subject } from '../subject.ts'
import { Comparisons, type Tally } from '../tally.ts'
import { mirrorOf, POINTS, sixthDifference, slopeOf, slopeOfFourthOrder, stepsOf } from './differences.ts'
import { isRepresentable } from './gradient.ts'
import { conditionOf } from './tolerances.ts'
import { logProbOf, variablesOf, type Variable } from './variables.ts'

const ULP = 2 ** -23
/** What a second derivative may be wrong by, of itself; differences that are worth less are coarse. */
const ALLOWED = 3e-3
/** And of its natural size, that of the second derivatives of its two variables. */
const ALLOWED_OF_SIZE = 1e-3
/** Of many cases, some evenly. */
const CASES = 10

/**
 * All second derivatives, the mixed ones among them, of value and parameters: the derivative of the gradient along a
 * direction of each variable, as the gradient of a gradient, against differences of sixth order of the gradient, which
 * the oracle was asked about. A direction moves all entries of a variable, each by another share of itself. What
 * float32 differences tell too little of is left out, and counted. Entries of a matrix may be wrong by 2e-4 of the largest.
 */
export function checkMixed(subject: Subject): Tally {
  const tally = new Comparisons(subject.name, 'mixed second derivatives by differences of the gradient')
  const stride = Math.ceil(subject.cases.length / CASES)
  subject.cases.forEach((item, c) => {
    if (c % stride !== 0) return
    tf.tidy(() => {
      const variables = variablesOf(item)
      const f = logProbOf(subject, item, variables)
      try {
        compareAlong(
          tally,
          subject,
          item,
          variables,
          variables.map((_, k) => k),
          f,
        )
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'DomainError') throw error
        // A direction leaves the domain, as that of a probability near 1 does: each on its own.
        variables.forEach((_, k) => {
          try {
            compareAlong(tally, subject, item, variables, [k], f)
          } catch {
            tally.omit(item.values.length)
          }
        })
      }
    })
  })
  return tally.close()
}

/** Whether there are derivatives in two numbers at once. */
export function hasMixed(item: Case): boolean {
  return tf.tidy(() => variablesOf(item).reduce((count, { first }) => count + first[0]!.length, 0) > 1)
}

/** Along the directions of some variables, all in one batch. */
function compareAlong(
  tally: Comparisons,
  { isCircular = false }: Subject,
  item: Case,
  variables: readonly Variable[],
  along: readonly number[],
  f: (...xs: Tensor[]) => Tensor,
): void {
  const steps = variables.map((variable) => stepsOf(variable, isCircular ? 1 : Infinity))
  const rows = variables.map(({ tensor }, j) =>
    tf.stack(along.map((k) => (j === k ? tf.tensor(steps[k]!, tensor.shape) : tf.zerosLike(tensor)))),
  )
  const places = variables.map(({ tensor }, j) =>
    tf.stack(POINTS.map((t) => tf.add(tensor, tf.mul(rows[j]!, t)))),
  )
  const densities = read(() => f(...places))
  const points = gradients(f, places).map((g) => g.dataSync())
  const seconds = gradients(
    (...xs) =>
      gradients(f, xs)
        .map((g, j) => sum(mul(g, rows[j]!)))
        .reduce((a, b) => add(a, b) as Tensor) as Tensor,
    variables.map(({ tensor }) => tf.stack(along.map(() => tensor))),
  ).map((g) => g.dataSync())
  const count = item.values.length
  const each = along.length * count
  for (let at = 0; at < each; at++) {
    const [k, v] = [along[Math.floor(at / count)]!, at % count]
    if (!isRepresentable(variables, v) || variables[k]!.first[v]!.includes(null)) continue
    const isInside = POINTS.every((_, p) => Number.isFinite(densities[p * each + at]!))
    variables.forEach((variable, l) => {
      const size = variable.first[v]!.length
      const step = stepOf(variables[k]!, steps[k]!, v)
      const pairs = variable.first[v]!.map((first, i) => {
        const [here, mirror] = [i, mirrorOf(variable, v, i)].map((entry) => at * size + entry) as [
          number,
          number,
        ]
        const slopes = POINTS.map((_, p) => {
          const start = p * each * size
          return (points[l]![start + here]! + points[l]![start + mirror]!) / 2
        })
        const got = (seconds[l]![here]! + seconds[l]![mirror]!) / 2
        return { first, slopes, got, expected: slopeOf(slopes), natural: sizeOf(variable, v, i) }
      })
      const largest = Math.max(...pairs.map(({ expected }) => Math.abs(expected)))
      pairs.forEach(({ first, slopes, got, expected, natural }, i) => {
        if (first === null) return
        const noise =
          sixthDifference(slopes) +
          Math.abs(expected - slopeOfFourthOrder(slopes)) +
          (16 * ULP + conditionOf(item, v)) * Math.max(natural, ...slopes.map(Math.abs)) +
          step.rounding * Math.max(natural * step.natural, Math.abs(expected))
        const isKnown = typeof variable.second?.[v]?.[i] === 'number'
        const own =
          ALLOWED * Math.abs(expected) +
          ALLOWED_OF_SIZE * natural * step.natural +
          (isKnown ? 2e-6 : 2e-4) * largest
        if (!isInside || !(noise <= Math.max(own, 1e-37))) {
          tally.omit()
          return
        }
        const entry = size > 1 ? ` entry ${i}` : ''
        const where = `${variable.name}${entry} along ${variables[k]!.name}`
        const allowed = own + noise + 1e-37
        tally.compare({
          at: `case "${item.name}" at ${show(item.values[v]!)} in ${where}`,
          expected,
          got,
          allowed,
        })
      })
    })
  }
}

/** The size of a derivative in an entry: √|second derivative|, that of its spread over draws. */
function sizeOf({ first, second }: Variable, v: number, i: number): number {
  const h = second?.[v]?.[i]
  return h === null || h === undefined ? Math.abs(first[v]![i] ?? 0) : Math.sqrt(Math.abs(h))
}

/** The size of a step in units of what an entry's natural size tells, and what float32 rounds of it. */
function stepOf(
  variable: Variable,
  steps: readonly number[],
  v: number,
): { natural: number; rounding: number } {
  const numbers = variable.numbers[v]!
  let [natural, rounding] = [0, 0]
  numbers.forEach((x, i) => {
    const step = Math.abs(steps[v * numbers.length + i]!)
    if (step === 0) return
    natural = Math.max(natural, step * sizeOf(variable, v, i))
    rounding = Math.max(rounding, (ULP * Math.abs(x)) / step)
  })
  return { natural, rounding }
}
