import * as tf from '@tensorflow/tfjs-core'
import type { AnyDistribution } from '../distribution.ts'
import { read } from '../evaluate.ts'
import { sizeOf } from './draws.ts'

const SOME = 1000
const ULP = 2 ** -23
/** Of exact draws fewer than so many would be the least. */
const TIES = 0.02

/**
 * Whether rounding to float32 has cost draws of a density what their density depends on: an ulp in each number changes
 * the log density by a hundredth or makes it infinite, as near an end that they crowd at, or for matrices that are all
 * but singular; or many have come to rest at an end. Means of functions of such draws are not those of exact ones.
 * Draws outside the support are not coarse but wrong.
 *
 * @param hasAtoms whether draws rest at the ends by right.
 */
export function areCoarse(
  distribution: AnyDistribution,
  draws: ArrayLike<number>,
  hasAtoms: boolean = false,
): boolean {
  const { eventShape, support } = distribution
  if (support.isDiscrete) return false
  const size = sizeOf(eventShape)
  const count = Math.min(SOME, Math.floor(draws.length / size))
  if (isAtEnds(draws) || (!hasAtoms && areHeldBack(draws, size))) return true
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
  const changes = here!.flatMap((log, i) => (log === -Infinity ? [] : [Math.abs(log - there![i]!)]))
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

/** Whether many draws are the least or the greatest of theirs, where an end holds what float32 rounds to it. */
function areHeldBack(draws: ArrayLike<number>, size: number): boolean {
  const n = draws.length / size
  for (let entry = 0; entry < size; entry++) {
    let [least, greatest] = [Infinity, -Infinity]
    for (let i = 0; i < n; i++) {
      least = Math.min(least, draws[i * size + entry]!)
      greatest = Math.max(greatest, draws[i * size + entry]!)
    }
    let held = 0
    for (let i = 0; i < n; i++) {
      const x = draws[i * size + entry]!
      if (x === least || x === greatest) held++
    }
    // An entry that is always the same, such as those above a diagonal, is no draw.
    if (least < greatest && held > TIES * n) return true
  }
  return false
}
