import { plus, repeat, times, type Statement, type Variable } from '@variate/compile/wasm'
import { activeVariables, findActive, type Active } from './activePoints.ts'
import {
  accumulate,
  address,
  addTo,
  along,
  clear,
  load,
  move,
  set,
  splat,
  two,
  VECTOR,
  vector,
} from './code.ts'
import type { Layout } from './layout.ts'
import type { Where } from './where.ts'

const { sub, mul } = two

/** Axes whose sums stay in registers together. */
const AXES = 3

/** A component's Σ r, Σ r·z and Σ r·z² for the points of a block. */
export function diagonalMoments(layout: Layout, where: Where): readonly Statement[] {
  const { dimension: d, column, counts } = layout
  const [row, mean, count, moment, group] = [address(), address(), address(), address(), address()]
  const { component } = where
  const active = activeVariables()
  const axes = (length: number): readonly Statement[] => [
    ...addAxes(layout, where, active, mean, moment, length),
    move(mean, 8 * length),
    move(moment, VECTOR * length),
    move(active.x, length * column),
  ]
  return [
    set(row, times(component.get, column)),
    set(mean, times(component.get, 8 * d)),
    set(count, times(component.get, VECTOR)),
    set(moment, times(component.get, VECTOR * d)),
    ...findActive(layout, where, row.get, active),
    addTo(count.get, counts, active.sum.get),
    ...(d >= AXES ? [repeat(group, 0, Math.floor(d / AXES), 1, axes(AXES))] : []),
    ...(d % AXES > 0 ? axes(d % AXES) : []),
  ]
}

function addAxes(
  { column, means, responsibility, first, second }: Layout,
  { scratch }: Where,
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
    along(point, scratch.get, bytes.get, VECTOR, terms),
    ...sums.flatMap(({ linear, square }, a) => [
      addTo(moment.get, first + a * VECTOR, linear.get),
      addTo(moment.get, second + a * VECTOR, square.get),
    ]),
  ]
}
