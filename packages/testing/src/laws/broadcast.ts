import { key } from '@variate/core'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { call, type Nested } from '../distribution.ts'
import { read, tensorOf, withLeaves } from '../evaluate.ts'
import type { Case } from '../oracle/parseOracle.ts'
import type { Subject } from '../subject.ts'
import { Comparisons, type Tally } from '../tally.ts'
import { checkShape } from './checkShape.ts'
import { densityTolerance } from './density.ts'
import { stackable } from './stacked.ts'

/** Broadcasting: parameters [n, 1] and [m] make a batch [n, m]. */
export function checkBroadcast(subject: Subject): Tally {
  const { name, make, structural } = subject
  const tally = new Comparisons(name, 'broadcasting')
  for (const group of stackable(subject)) {
    const [a] = group
    const b = group[1] ?? a!
    const own = a!.leaves.flatMap(({ argument }, i) => (structural.has(argument) ? [] : [i]))
    const [lead, ...rest] = own
    if (lead === undefined) continue
    const pick = (x: Case, y: Case): ReturnType<typeof withLeaves> =>
      withLeaves(
        a!,
        a!.leaves.map((_, i) => (i === lead ? x : y).leaves[i]!.value),
      )
    const isValid = (x: Case, y: Case): boolean => {
      try {
        call(make, pick(x, y))
        return true
      } catch {
        return false
      }
    }
    if (rest.length === 0 || !isValid(a!, b) || !isValid(b, a!)) continue
    const value = a!.values[0]!
    tf.tidy(() => {
      const rows = (i: number): Tensor => tf.expandDims(tensorOf([a!, b].map((x) => x.leaves[i]!.value)), 1)
      const columns = (i: number): Nested => [a!, b, a!].map((x) => x.leaves[i]!.value)
      const distribution = call(
        make,
        withLeaves(
          a!,
          a!.leaves.map((_, i) => (i === lead ? rows(i) : rest.includes(i) ? columns(i) : undefined)),
        ),
      )
      const at = `parameters of "${a!.name}" and "${b.name}"`
      checkShape(tally, `${at}: batchShape`, distribution.batchShape, [2, 3])
      checkShape(tally, `${at}: draws`, distribution.sample(key(3), [4]).shape, [
        4,
        2,
        3,
        ...distribution.eventShape,
      ])
      const got = distribution.logProb(tensorOf(value)).dataSync()
      ;[a!, b].forEach((x, i) =>
        [a!, b, a!].forEach((y, j) => {
          const expected = read(() => call(make, pick(x, y)).logProb(tensorOf(value)))[0]!
          const allowed = Math.max(
            densityTolerance(expected, Math.max(a!.sensitivity[0]!, 0)),
            2e-5 * Math.abs(expected),
          )
          tally.compare({ at: `${at}, element [${i}, ${j}]`, expected, got: got[i * 3 + j]!, allowed })
        }),
      )
    })
  }
  return tally.close()
}
