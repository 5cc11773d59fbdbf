import { plus, repeat, type Statement, type Variable } from '@variate/compile/wasm'
import { activeVariables, findActive, type Active } from './activePoints.ts'
import {
  accumulate,
  address,
  addTo,
  along,
  clear,
  load,
  move,
  reset,
  splat,
  two,
  VECTOR,
  vector,
} from './code.ts'
import type { Layout } from './layout.ts'

const { sub, mul } = two

/** Axes whose sums stay in registers together. */
const AXES = 3

/** Σ r, Σ r·z and Σ r·z² for the points of a block. */
export function diagonalMoments(layout: Layout, bytes: Variable): readonly Statement[] {
  const { components, dimension: d, column, counts } = layout
  const [k, row, mean, count, moment, group] = [
    address(),
    address(),
    address(),
    address(),
    address(),
    address(),
  ]
  const active = activeVariables()
  const axes = (length: number): readonly Statement[] => [
    ...addAxes(layout, active, mean, moment, length),
    move(mean, 8 * length),
    move(moment, VECTOR * length),
    move(active.x, length * column),
  ]
  return [
    ...[row, mean, count, moment].map(reset),
    repeat(k, 0, components, 1, [
      ...findActive(layout, bytes, row.get, active),
      addTo(count.get, counts, active.sum.get),
      ...(d >= AXES ? [repeat(group, 0, Math.floor(d / AXES), 1, axes(AXES))] : []),
      ...(d % AXES > 0 ? axes(d % AXES) : []),
      move(count, VECTOR),
      move(row, column),
    ]),
  ]
}

function addAxes(
  { column, means, responsibility, first, second }: Layout,
  { x, bytes }: Active,
  mean: Variable,
  moment: Variable,
  length: number,
): readonly Statement[] {
  const point = address()
  const sums = Array.from({ length }, () => ({ linear: vector(), square: vector() }))
  const r = load(point.get, responsibility)
  const terms = sums.flatMap(({ linear, square }, a) => {
    const z = sub(load(plus(x.get, point.get), a * column), splat(mean.get, means + 8 * a))
    const rz = mul(r, z)
    return [accumulate(linear, rz), accumulate(square, mul(rz, z))]
  })
  return [
    ...sums.flatMap(({ linear, square }) => [clear(linear), clear(square)]),
    along(point, bytes.get, VECTOR, terms),
    ...sums.flatMap(({ linear, square }, a) => [
      addTo(moment.get, first + a * VECTOR, linear.get),
      addTo(moment.get, second + a * VECTOR, square.get),
    ]),
  ]
}
