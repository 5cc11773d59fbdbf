import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { where } from '@variate/core/ops'
import { gradients, show } from '../evaluate.ts'
import { symmetricSize, transposed } from '../oracle/nested.ts'
import type { Case } from '../oracle/parseOracle.ts'
import type { Subject } from '../subject.ts'
import { Comparisons, type Tally } from '../tally.ts'
import { conditionOf, GRADIENT, gradientTolerance, SECOND, secondTolerance } from './tolerances.ts'
import { logProbOf, variablesOf, type Variable } from './variables.ts'

/** Derivatives beyond float32 cannot be compared: they must not be finite. */
const LARGEST = 3.4e38

/** Gradients in the value and in every parameter against the oracle. */
export function checkGradient(subject: Subject): Tally {
  const tally = new Comparisons(subject.name, 'gradient against the oracle')
  for (const item of subject.cases) {
    tf.tidy(() => {
      const variables = variablesOf(item)
      if (variables.length === 0) return
      const found = gradients(
        logProbOf(subject, item, variables),
        variables.map(({ tensor }) => tensor),
      )
      variables.forEach((variable, k) => {
        const got = Array.from(found[k]!.dataSync())
        compareRows(tally, item, variable, got, variable.first, GRADIENT, (v, i) =>
          gradientTolerance(item, variable, v, i),
        )
      })
    })
  }
  return tally.close()
}

/** The diagonal of second derivatives, each as the gradient of a gradient, against the oracle. */
export function checkSecond(subject: Subject): Tally {
  const tally = new Comparisons(subject.name, 'second derivatives against the oracle')
  for (const item of subject.cases) {
    tf.tidy(() => {
      const variables = variablesOf(item)
      const logProb = logProbOf(subject, item, variables)
      variables.forEach((variable, k) => {
        const second = variable.second?.map((row, v) => {
          if (isRepresentable(variables, v)) return row
          tally.omit(row.filter((h) => h !== null).length)
          return row.map(() => null)
        })
        if (!second?.some((row) => row.some((x) => x !== null))) return
        const got = diagonal(logProb, variables, k)
        const twice = { ...variable, name: `${variable.name}, twice` }
        compareRows(tally, item, twice, got, second, SECOND, (v, i) => secondTolerance(item, variable, v, i))
      })
    })
  }
  return tally.close()
}

/**
 * Whether float32 holds the second derivatives in all variables at a value: where it does not, those that it would
 * hold are made of parts that it does not.
 */
export function isRepresentable(variables: readonly Variable[], v: number): boolean {
  return variables.every(({ second }) =>
    (second?.[v] ?? []).every(
      (h) => h === null || h === 0 || (Math.abs(h) < LARGEST && Math.abs(h) > 1 / LARGEST),
    ),
  )
}

/** Batch elements do not depend on each other, so one gradient a number of the event gives all values at once. */
function diagonal(f: (...xs: Tensor[]) => Tensor, variables: readonly Variable[], k: number): number[] {
  const { tensor, shape } = variables[k]!
  const others = variables.map((variable) => variable.tensor)
  const size = shape.reduce((product, length) => product * length, 1)
  const count = tensor.shape[0]!
  const out = Array.from({ length: count * size }, () => NaN)
  for (let entry = 0; entry < size; entry++) {
    const basis = tf.tensor(
      Array.from({ length: count * size }, (_, i) => (i % size === entry ? 1 : 0)),
      tensor.shape,
    )
    const [twice] = gradients(
      (x) => {
        const [once] = gradients((y) => f(...others.map((other, j) => (j === k ? y : other))), [x!])
        return entryOf(once!, basis, size)
      },
      [tensor],
    )
    const row = twice!.dataSync()
    for (let v = 0; v < count; v++) out[v * size + entry] = row[v * size + entry]!
  }
  return out
}

/** The entry that the basis marks; a number is its own entry, so that no 0 · Infinity spoils it. */
function entryOf(once: Tensor, basis: Tensor, size: number): Tensor {
  return size === 1 ? once : (where(basis, once, 0) as Tensor)
}

/**
 * Derivatives in a symmetric matrix, of which a function may read either half, are those of symmetric changes. That
 * the oracle's are symmetric, too, tells such a matrix from a triangular one that happens to be diagonal.
 */
function compareRows(
  tally: Comparisons,
  item: Case,
  { name, shape, numbers }: Variable,
  got: readonly number[],
  expected: readonly (readonly (number | null)[])[],
  usual: number,
  allowed: (value: number, entry: number) => number,
): void {
  expected.forEach((row, v) => {
    const n = symmetricSize(row, shape) === undefined ? undefined : symmetricSize(numbers[v]!, shape)
    const own = got.slice(v * row.length, (v + 1) * row.length)
    row.forEach((number, i) => {
      if (number === null) return
      const mirror = n === undefined ? i : transposed(i, n)
      const entry = row.length > 1 ? ` entry ${i}` : ''
      const at = `case "${item.name}" at ${show(item.values[v]!)} in ${name}${entry}`
      const wanted = (number + (row[mirror] ?? number)) / 2
      const found = (own[i]! + own[mirror]!) / 2
      if (Math.abs(wanted) < LARGEST) {
        const isCoarse = conditionOf(item, v) > usual
        tally.compare({ at, expected: wanted, got: found, allowed: allowed(v, i), isCoarse })
      } else {
        tally.check(!Number.isFinite(found), () => `${at}: ${wanted} is beyond float32, got ${found}`)
      }
    })
  })
}
