import { NdArray } from '@variate/core'
import { sizeOf } from '@variate/core/internal'

export interface Arranged {
  /** [most rows of a group, groups, ...own]. */
  readonly x: NdArray
  /** [most rows of a group, groups]. */
  readonly w: NdArray
  /** Whether a group has no weight at all. */
  readonly isEmpty: readonly boolean[]
}

/** Values and weights, each group in a column of its own: what is short is filled with the first value, of weight 0. */
export function arranged(
  groups: readonly (readonly number[])[],
  weights: Float64Array,
  { data, shape }: NdArray,
  axes: number,
): Arranged {
  const own = shape.slice(axes)
  const size = sizeOf(own)
  const most = Math.max(...groups.map((group) => group.length))
  const x = new (data.constructor as Float64ArrayConstructor)(most * groups.length * size)
  const w = new Float64Array(most * groups.length)
  for (const [column, group] of groups.entries()) {
    for (let i = 0; i < most; i++) {
      const row = group[i] ?? group[0]!
      const at = i * groups.length + column
      x.set(data.subarray(row * size, (row + 1) * size) as Float64Array, at * size)
      w[at] = i < group.length ? weights[row]! : 0
    }
  }
  const isEmpty = groups.map((group) => !group.some((row) => weights[row]! > 0))
  for (const [column, empty] of isEmpty.entries()) if (empty) w[column] = 1
  return {
    x: new NdArray(x, [most, groups.length, ...own]),
    w: new NdArray(w, [most, groups.length]),
    isEmpty,
  }
}
