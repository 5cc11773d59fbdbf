import { plus, repeat, times, type Statement, type Value, type Variable } from '@variate/compile/wasm'
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
import type { Layout } from './layout.ts'
import type { Where } from './where.ts'

const { add, sub, mul } = two

/** Log joints in the plane: every constant of a component stays in a register. */
export function planarLogJoint(layout: Layout, { bytes, block }: Where): readonly Statement[] {
  const { components, column, x, means, constants, whitening, whiteningStep, joint } = layout
  const [k, mean, constant, w, row, point] = [
    address(),
    address(),
    address(),
    address(),
    address(),
    address(),
  ]
  const [mean0, mean1] = [splat(mean.get, means), splat(mean.get, means + 8)]
  const [w00, w10, w11] = [0, 8, 16].map((offset) => splat(w.get, whitening + offset)) as [
    Value,
    Value,
    Value,
  ]
  const logJoint = (offset: number): Value => {
    const z0 = sub(load(point.get, x + offset), mean0)
    const z1 = sub(load(point.get, x + column + offset), mean1)
    const u = mul(w00, z0)
    const v = add(mul(w10, z0), mul(w11, z1))
    return sub(splat(constant.get, constants), mul(two.constant(0.5), add(mul(u, u), mul(v, v))))
  }
  const offsets = [0, VECTOR]
  return [
    ...[mean, constant, w, row].map(reset),
    repeat(k, 0, components, 1, [
      along(
        point,
        block.get,
        bytes.get,
        2 * VECTOR,
        offsets.map((offset) => store(logJoint(offset), plus(row.get, point.get), joint + offset)),
      ),
      move(mean, 16),
      move(constant, 8),
      move(w, whiteningStep),
      move(row, column),
    ]),
  ]
}

/** A component's Σ r, Σ r·z and the lower triangle of Σ r·z·zᵀ for the points of a block in the plane. */
export function planarMoments(layout: Layout, { bytes, block, component }: Where): readonly Statement[] {
  const { column, x, means, joint, total, counts, first, second, secondStep } = layout
  const [mean, row, point, ofFirst, ofSecond] = [address(), address(), address(), address(), address()]
  const terms = (offset: number): readonly Value[] => {
    const r = mul(load(plus(row.get, point.get), joint + offset), load(point.get, total + offset))
    const z0 = sub(load(point.get, x + offset), splat(mean.get, means))
    const z1 = sub(load(point.get, x + column + offset), splat(mean.get, means + 8))
    const [rz0, rz1] = [mul(r, z0), mul(r, z1)]
    return [r, rz0, rz1, mul(rz0, z0), mul(rz0, z1), mul(rz1, z1)]
  }
  const sums = Array.from({ length: 6 }, vector)
  const places: readonly (readonly [Variable, number])[] = [
    [mean, counts],
    [ofFirst, first],
    [ofFirst, first + VECTOR],
    [ofSecond, second],
    [ofSecond, second + VECTOR],
    [ofSecond, second + 2 * VECTOR],
  ]
  return [
    set(mean, times(component.get, VECTOR)),
    set(row, times(component.get, column)),
    set(ofFirst, times(component.get, 2 * VECTOR)),
    set(ofSecond, times(component.get, secondStep)),
    ...sums.map(clear),
    along(
      point,
      block.get,
      bytes.get,
      2 * VECTOR,
      [0, VECTOR].flatMap((offset) => terms(offset).map((term, i) => accumulate(sums[i]!, term))),
    ),
    ...sums.map((sum, i) => addTo(places[i]![0].get, places[i]![1], sum.get)),
  ]
}
