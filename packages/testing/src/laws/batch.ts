import { key, ndarray } from '@variate/core'
import * as tf from '@tensorflow/tfjs-core'
import { call, type Given, type Nested } from '../distribution.ts'
import { read, show, tensorOf, withLeaves } from '../evaluate.ts'
import { numbersOf, shapeOf } from '../oracle/nested.ts'
import type { Case } from '../oracle/parseOracle.ts'
import type { Subject } from '../subject.ts'
import { Comparisons, type Tally } from '../tally.ts'
import { checkShape } from './checkShape.ts'
import { densityTolerance, isCoarseDensity } from './density.ts'
import { stackable, stacked } from './stacked.ts'

/**
 * A batch gives the numbers that its elements give one by one: for a value each, and for values along an axis of
 * their own; as nested arrays, as tensors and as NdArray. A batch of nothing gives nothing.
 */
export function checkBatch(subject: Subject): Tally {
  const { name, make } = subject
  const tally = new Comparisons(name, 'batches')
  for (const group of stackable(subject)) {
    const values = group.map((item) => item.values[0]!)
    const single = group.map((item) => read(() => call(make, item.args).logProb(tensorOf(values))))
    tf.tidy(() => {
      for (const [kind, toGiven] of KINDS) {
        const distribution = call(make, stacked(subject, group, toGiven))
        const at = `batch of ${group.length} like "${group[0]!.name}" of ${kind}`
        checkShape(tally, `${at}: batchShape`, distribution.batchShape, [group.length])
        const column = tf.expandDims(tensorOf(values), 1)
        const grid = distribution.logProb(column)
        checkShape(tally, `${at}: values × batch`, grid.shape, [group.length, group.length])
        const got = grid.dataSync()
        const diagonal = distribution.logProb(tensorOf(values)).dataSync()
        group.forEach((item, b) => {
          values.forEach((value, v) => {
            const expected = single[b]![v]!
            // The oracle knows how ill-conditioned the case is at its own values only.
            const allowed = Math.max(
              densityTolerance(expected, item.sensitivity[v] ?? 0),
              2e-5 * Math.abs(expected),
            )
            const isCoarse = isCoarseDensity(expected, item.sensitivity[v])
            const where = `${at}, element "${item.name}" at ${show(value)}`
            tally.compare({ at: where, expected, got: got[v * group.length + b]!, allowed, isCoarse })
            if (v === b)
              tally.compare({ at: `${where}, one each`, expected, got: diagonal[b]!, allowed, isCoarse })
          })
        })
      }
      checkEmpty(tally, subject, group[0]!)
    })
  }
  return tally.close()
}

const KINDS: readonly (readonly [string, (nested: Nested) => Given])[] = [
  ['nested arrays', (nested) => nested],
  ['tensors', tensorOf],
  ['NdArray', (nested) => ndarray(Float64Array.from(numbersOf(nested)), shapeOf(nested))],
]

function checkEmpty(tally: Comparisons, subject: Subject, item: Case): void {
  const { structural, make, name } = subject
  const none = item.leaves.map(({ shape, argument }) =>
    structural.has(argument) ? undefined : tf.zeros([0, ...shape]),
  )
  if (none.every((leaf) => leaf === undefined)) return
  const distribution = call(make, withLeaves(item, none))
  const { eventShape } = distribution
  checkShape(tally, `${name}: empty batch`, distribution.batchShape, [0])
  const draws = distribution.sample?.(key(0), [2])
  if (draws) checkShape(tally, `${name}: draws of an empty batch`, draws.shape, [2, 0, ...eventShape])
  const value = tf.expandDims(tensorOf(item.values), 1)
  checkShape(tally, `${name}: density of an empty batch`, distribution.logProb(value).shape, [
    item.values.length,
    0,
  ])
  for (const moment of ['mean', 'variance', 'entropy'] as const) {
    const shape = distribution[moment]?.().shape
    if (shape)
      checkShape(
        tally,
        `${name}: ${moment} of an empty batch`,
        shape,
        moment === 'entropy' ? [0] : [0, ...eventShape],
      )
  }
}
