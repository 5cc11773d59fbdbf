import * as tf from '@tensorflow/tfjs-core'
import type { AnyDistribution } from '../distribution.ts'
import { read } from '../evaluate.ts'
import { sizeOf } from './draws.ts'

const SOME = 1000
const ULP = 2 ** -23
/** Of exact draws fewer than so many would be equal. */
const TIES = 0.02

/**
 * Whether rounding to float32 has cost draws of a density what their density depends on, as near an end that they
 * crowd at, or for matrices that are all but singular: an ulp in each number changes the log density by a hundredth or
 * makes it infinite, or many draws are equal, at the least number above 0, say. Means of functions of such draws are not those of exact ones.
 */
export function areCoarse(distribution: AnyDistribution, draws: ArrayLike<number>): boolean {
  const { eventShape, support } = distribution
  if (support.isDiscrete) return false
  const size = sizeOf(eventShape)
  if (isAtEnds(draws)) return true
  const count = Math.min(SOME, Math.floor(draws.length / size))
  if (hasTies(draws, size)) return true
  const numbers = Array.from({ length: count * size }, (_, i) => draws[i]!)
  // Entries opposite each other in a matrix move together: symmetric ones stay symmetric.
  const columns = eventShape.at(-1) ?? 1
  const nudged = numbers.map((x, i) => {
    const [row, column] = [Math.floor((i % size) / columns), (i % size) % columns]
    return x * (1 + ((row + column + Math.floor(i / size)) % 2 === 0 ? ULP : -ULP))
  })
  const [here, there] = [numbers, nudged].map((xs) =>
    read(() => distribution.logProb(tf.tensor(xs, [count, ...eventShape]))),
  )
  const changes = here!.map((log, i) => Math.abs(log - there![i]!))
  const infinite = changes.filter((change) => !(change < Infinity)).length
  const total = changes.reduce((sum, change) => sum + (change < Infinity ? change : 0), 0)
  return infinite > 0.005 * count || total > 0.01 * count
}

/** Whether more than a few draws have come to an end of float32's range, where those beyond are held or lost. */
function isAtEnds(draws: ArrayLike<number>): boolean {
  let count = 0
  for (let i = 0; i < draws.length; i++) {
    const size = Math.abs(draws[i]!)
    if ((size > 0 && size < 1.01 * 2 ** -126) || size > 3.4e38) count++
  }
  return count > 0.001 * draws.length
}

function hasTies(draws: ArrayLike<number>, size: number): boolean {
  const n = draws.length / size
  for (let entry = 0; entry < size; entry++) {
    const distinct = new Set<number>()
    for (let i = 0; i < n; i++) distinct.add(draws[i * size + entry]!)
    // An entry that is always the same, such as those above a diagonal, is no draw.
    if (distinct.size > 1 && distinct.size < (1 - TIES) * n) return true
  }
  return false
}
