import { repeat, type Statement } from '@variate/compile/wasm'
import {
  accumulate,
  address,
  along,
  clear,
  load,
  move,
  reset,
  set,
  splat,
  store,
  two,
  VECTOR,
  vector,
} from './code.ts'
import type { Layout } from './layout.ts'
import type { Where } from './where.ts'

const { sub, mul } = two

/**
 * Log joints for covariances along the axes: four vectors of points go along the axes together, once for each component, so
 * that their coordinates stay in the fastest cache.
 */
export function diagonalLogJoint(layout: Layout, { bytes, block }: Where): readonly Statement[] {
  const { components, dimension: d, column, x, means, constants, whitening, joint } = layout
  const [k, constant, row, point, parameter, axis, a] = [
    address(),
    address(),
    address(),
    address(),
    address(),
    address(),
    address(),
  ]
  const [mean, scale] = [splat(parameter.get, means), splat(parameter.get, whitening)]
  const sums = Array.from({ length: 4 }, vector)
  const squares = sums.map((sum, i) => {
    const u = mul(scale, sub(load(axis.get, x + i * VECTOR), mean))
    return accumulate(sum, mul(u, u))
  })
  return [
    along(point, block.get, bytes.get, sums.length * VECTOR, [
      ...[constant, parameter].map(reset),
      set(row, point.get),
      repeat(k, 0, components, 1, [
        ...sums.map(clear),
        set(axis, point.get),
        repeat(a, 0, d, 1, [...squares, move(parameter, 8), move(axis, column)]),
        ...sums.map((sum, i) => {
          const logJoint = sub(splat(constant.get, constants), mul(two.constant(0.5), sum.get))
          return store(logJoint, row.get, joint + i * VECTOR)
        }),
        move(constant, 8),
        move(row, column),
      ]),
    ]),
  ]
}
