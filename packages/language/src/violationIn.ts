import { indicesOf, sizeOf } from '@variate/core/internal'
import type { Constraint } from '@variate/distributions'
import type { PlainData } from './plainData.ts'

/**
 * What is wrong with the first event that is outside a set, and where it lies; undefined if all are in it.
 *
 * @param data in the shape of some events; those that are missing are in any set.
 * @returns such as `-1 at [2]`.
 */
export function violationIn(
  set: Constraint,
  { data, shape, missing }: Pick<PlainData, 'data' | 'shape' | 'missing'>,
): string | undefined {
  const batch = shape.slice(0, shape.length - set.eventRank)
  const event = shape.slice(batch.length)
  const size = sizeOf(event)
  const count = sizeOf(batch)
  const own = new Float64Array(size)
  for (let at = 0; at < count; at++) {
    if (missing?.[at * size]) continue
    for (let i = 0; i < size; i++) own[i] = data[at * size + i]!
    const found = set.violation(own, event)
    if (found !== undefined) return `${found}${batch.length > 0 ? ` at [${indicesOf(at, batch)}]` : ''}`
  }
  return undefined
}
