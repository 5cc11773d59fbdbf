import { loadLane, plus, repeat, whole, type Statement } from '@variate/compile/wasm'
import { address, along, firsts, load, move, seconds, set, splat, store, two, VECTOR } from './code.ts'
import type { Layout } from './layout.ts'
import type { Where } from './where.ts'

/** `x` ← `rows` transposed, two points and two axes at a time. */
export function loadPoints(
  { rows, x, dimension: d, column }: Layout,
  { bytes, block }: Where,
): readonly Statement[] {
  const [point, row, from, to, pair] = [address(), address(), address(), address(), address()]
  const next = 8 * d
  const [here, below] = [load(row.get, rows), load(row.get, rows + next)]
  const there = plus(to.get, point.get)
  const down = (body: readonly Statement[]): readonly Statement[] => [
    set(row, from.get),
    along(point, whole(0), bytes.get, VECTOR, [...body, move(row, 2 * next)]),
  ]
  const axes = [
    ...down([store(firsts(here, below), there, x), store(seconds(here, below), there, x + column)]),
    move(from, VECTOR),
    move(to, 2 * column),
  ]
  const last = loadLane(two, splat(row.get, rows), 1, row.get, rows + next)
  return [
    set(from, block.get),
    set(to, block.get),
    ...(d >= 2 ? [repeat(pair, 0, Math.floor(d / 2), 1, axes)] : []),
    ...(d % 2 === 1 ? down([store(last, there, x)]) : []),
  ]
}
