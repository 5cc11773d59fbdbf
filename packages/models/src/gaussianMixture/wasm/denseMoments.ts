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
  reset,
  set,
  splat,
  store,
  two,
  VECTOR,
  vector,
} from './code.ts'
import { addProducts } from './denseProducts.ts'
import type { Layout } from './layout.ts'
import type { Where } from './where.ts'

/** A component's Σ r, Σ r·z and the lower triangle of Σ r·z·zᵀ for the points of a block. */
export function denseMoments(layout: Layout, where: Where): readonly Statement[] {
  const { dimension: d, column, counts, secondStep } = layout
  const { component } = where
  const [row, mean, count, ofFirst, ofSecond] = [address(), address(), address(), address(), address()]
  const active = activeVariables()
  return [
    set(row, times(component.get, column)),
    set(mean, times(component.get, 8 * d)),
    set(count, times(component.get, VECTOR)),
    set(ofFirst, times(component.get, VECTOR * d)),
    set(ofSecond, times(component.get, secondStep)),
    ...findActive(layout, where, row.get, active),
    addTo(count.get, counts, active.sum.get),
    ...centerAndScale(layout, where, active, mean, ofFirst),
    ...addProducts(layout, where, active.bytes, ofSecond),
  ]
}

/** `centered` ← z = x − μ and `scaled` ← r·z, whose sums are the first moments. */
function centerAndScale(
  { dimension: d, column, means, responsibility, centered, scaled, first }: Layout,
  { scratch }: Where,
  { x, bytes }: Active,
  mean: Variable,
  ofFirst: Variable,
): readonly Statement[] {
  const [axis, point, a, sum] = [address(), address(), address(), vector()]
  const at = plus(axis.get, point.get)
  const z = two.sub(load(plus(x.get, point.get)), splat(mean.get, means))
  const rz = two.mul(load(point.get, responsibility), z)
  return [
    reset(axis),
    repeat(a, 0, d, 1, [
      clear(sum),
      along(point, scratch.get, bytes.get, VECTOR, [
        store(z, at, centered),
        store(rz, at, scaled),
        accumulate(sum, rz),
      ]),
      addTo(ofFirst.get, first, sum.get),
      move(axis, column),
      move(x, column),
      move(mean, 8),
      move(ofFirst, VECTOR),
    ]),
  ]
}
