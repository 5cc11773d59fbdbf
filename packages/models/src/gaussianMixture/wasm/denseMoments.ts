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
  store,
  two,
  VECTOR,
  vector,
} from './code.ts'
import { addProducts } from './denseProducts.ts'
import type { Layout } from './layout.ts'

/** Σ r, Σ r·z and the lower triangle of Σ r·z·zᵀ for the points of a block. */
export function denseMoments(layout: Layout, bytes: Variable): readonly Statement[] {
  const { components, column, counts } = layout
  const [k, row, mean, count, ofFirst, ofSecond] = [
    address(),
    address(),
    address(),
    address(),
    address(),
    address(),
  ]
  const active = activeVariables()
  return [
    ...[row, mean, count, ofFirst, ofSecond].map(reset),
    repeat(k, 0, components, 1, [
      ...findActive(layout, bytes, row.get, active),
      addTo(count.get, counts, active.sum.get),
      ...centerAndScale(layout, active, mean, ofFirst),
      ...addProducts(layout, active.bytes, ofSecond),
      move(count, VECTOR),
      move(row, column),
    ]),
  ]
}

/** `centered` ← z = x − μ and `scaled` ← r·z, whose sums are the first moments. */
function centerAndScale(
  { dimension: d, column, means, responsibility, centered, scaled, first }: Layout,
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
      along(point, bytes.get, VECTOR, [store(z, at, centered), store(rz, at, scaled), accumulate(sum, rz)]),
      addTo(ofFirst.get, first, sum.get),
      move(axis, column),
      move(x, column),
      move(mean, 8),
      move(ofFirst, VECTOR),
    ]),
  ]
}
