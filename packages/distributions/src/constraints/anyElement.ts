import type { Tensor } from '@tensorflow/tfjs-core'
import { and, equal, greater, isNaN } from '@variate/core/ops'
import { sumLast } from '../sumLast.ts'

/**
 * For each event whether one of its parts is marked; never for an event of `x` that has a NaN.
 *
 * @param axes how many axes the parts of an event have.
 * @param eventRank how many axes an event of `x` has.
 */
export function anyElement(marked: Tensor, x: Tensor, axes: number, eventRank: number = axes): Tensor {
  return and(greater(sumLast(marked, axes), 0), equal(sumLast(isNaN(x), eventRank), 0))
}
