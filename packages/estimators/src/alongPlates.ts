import type { Tensor } from '@tensorflow/tfjs-core'
import { reshape, sum, transpose } from '@variate/core/ops'

/**
 * A tensor with an axis for each of its plates as one with an axis for each of others: summed over the plates that are not
 * aligned, and of length 1 along those that it does not have. Axes that come after those of its plates stay the last.
 */
export function alongPlates(
  x: Tensor,
  from: readonly string[],
  aligned: readonly string[],
  to: readonly string[],
): Tensor {
  const left = from.filter((plate) => aligned.includes(plate))
  const lost = from.flatMap((plate, axis) => (aligned.includes(plate) ? [] : [axis]))
  const kept = lost.length === 0 ? x : sum(x, lost)
  const shared = to.filter((plate) => left.includes(plate))
  const rest = kept.shape.slice(left.length)
  const order = [...shared.map((plate) => left.indexOf(plate)), ...rest.map((_, i) => left.length + i)]
  const ordered = order.every((from, to) => from === to) ? kept : transpose(kept, order)
  const lengths = to.map((plate) => (shared.includes(plate) ? ordered.shape[shared.indexOf(plate)]! : 1))
  return reshape(ordered, [...lengths, ...rest])
}
