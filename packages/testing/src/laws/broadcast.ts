import { key } from '@variate/core'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { call, type Nested } from '../distribution.ts'
import { read, show, tensorOf, withLeaves } from '../evaluate.ts'
import type { Case } from '../oracle/parseOracle.ts'
import type { Subject } from '../subject.ts'
import { Comparisons, type Tally } from '../tally.ts'
import { checkShape } from './checkShape.ts'
import { densityTolerance, isCoarseDensity } from './density.ts'
import { stackable } from './stacked.ts'

/** Parameters [2, 1] and [3] make a batch [2, 3], of which each element is what it is alone. */
export function checkBroadcast(subject: Subject): Tally {
  const { name, make, structural } = subject
  const tally = new Comparisons(name, 'broadcasting')
  for (const group of stackable(subject)) {
    const a = group[0]!
    const [lead, ...rest] = a.leaves.flatMap(({ argument }, i) => (structural.has(argument) ? [] : [i]))
    if (lead === undefined || rest.length === 0) continue
    const cross: Cross = (x, y) =>
      withLeaves(
        a,
        a.leaves.map((_, i) => (i === lead ? x : y).leaves[i]!.value),
      )
    const b = partnerOf(subject, group, cross)
    tf.tidy(() => {
      const rows = (i: number): Tensor => tf.expandDims(tensorOf([a, b].map((x) => x.leaves[i]!.value)), 1)
      const columns = (i: number): Nested => [a, b, a].map((x) => x.leaves[i]!.value)
      const given = a.leaves.map((_, i) => (i === lead ? rows(i) : rest.includes(i) ? columns(i) : undefined))
      const distribution = call(make, withLeaves(a, given))
      const { eventShape, batchShape } = distribution
      const at = `parameters of "${a.name}" and "${b.name}"`
      checkShape(tally, `${at}: batchShape`, batchShape, [2, 3])
      const draws = distribution.sample?.(key(3), [4])
      if (draws) checkShape(tally, `${at}: draws`, draws.shape, [4, 2, 3, ...eventShape])
      const got = distribution.logProb(tf.expandDims(tf.expandDims(tensorOf(a.values), 1), 1)).dataSync()
      ;[a, b].forEach((x, i) =>
        [a, b, a].forEach((y, j) => {
          densitiesOf(subject, a, cross(x, y)).forEach((expected, v) => {
            const allowed = Math.max(densityTolerance(expected, a.sensitivity[v]), 2e-5 * Math.abs(expected))
            const isCoarse = isCoarseDensity(expected, a.sensitivity[v])
            const where = `${at}, element [${i}, ${j}] at ${show(a.values[v]!)}`
            tally.compare({ at: where, expected, got: got[(v * 2 + i) * 3 + j]!, allowed, isCoarse })
          })
        }),
      )
    })
  }
  return tally.close()
}

/** The arguments with the first parameter of one case and the others of another. */
type Cross = (lead: Case, rest: Case) => ReturnType<typeof withLeaves>

/** A case whose first parameter goes with the others of the first case, and makes a difference; else the first. */
function partnerOf(subject: Subject, group: readonly Case[], cross: Cross): Case {
  const a = group[0]!
  const own = show(densitiesOf(subject, a, a.args))
  const partner = group.slice(1).find((b) => {
    try {
      densitiesOf(subject, a, cross(a, b))
      return show(densitiesOf(subject, a, cross(b, a))) !== own
    } catch {
      return false
    }
  })
  return partner ?? a
}

function densitiesOf({ make }: Subject, { values }: Case, args: ReturnType<typeof withLeaves>): number[] {
  return read(() => call(make, args).logProb(tensorOf(values)))
}
