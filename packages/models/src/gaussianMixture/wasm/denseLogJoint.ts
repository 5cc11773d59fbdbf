import { minus, plus, repeat, whole, type Statement, type Variable } from '@variate/compile/wasm'
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
import { TILE, type Layout } from './layout.ts'
import type { Where } from './where.ts'

const { add, sub, mul } = two

/** Vectors of points that go along W together. */
const ACROSS = [0, VECTOR] as const

/**
 * Log joints for covariances with off-diagonal elements, cₖ − ½·|W·(x − μ)|²: the product with the triangle W in tiles of
 * four of its rows and two vectors of points, whose sums stay in registers.
 */
export function denseLogJoint(layout: Layout, where: Where): readonly Statement[] {
  const { components, dimension: d, column, constants, whiteningStep, joint } = layout
  const [k, constant, mean, ofComponent, row] = [address(), address(), address(), address(), address()]
  const [point, t] = [address(), address()]
  const at: TileAt = { point, w: address(), length: address(), squares: ACROSS.map(vector) }
  const { bytes, block, scratch } = where
  const tiles = Math.floor(d / TILE)
  return [
    ...[constant, mean, ofComponent].map(reset),
    // Points are counted from where they are in `scratch`.
    set(row, minus(block.get, scratch.get)),
    repeat(k, 0, components, 1, [
      ...center(layout, where, mean),
      along(point, scratch.get, bytes.get, ACROSS.length * VECTOR, [
        ...at.squares.map(clear),
        set(at.w, ofComponent.get),
        set(at.length, whole(column)),
        ...(tiles > 0 ? [repeat(t, 0, tiles, 1, tile(layout, TILE, at))] : []),
        ...(d % TILE > 0 ? tile(layout, d % TILE, at) : []),
        ...at.squares.map((sum, i) => {
          const logJoint = sub(splat(constant.get, constants), mul(two.constant(0.5), sum.get))
          return store(logJoint, plus(row.get, point.get), joint + ACROSS[i]!)
        }),
      ]),
      move(constant, 8),
      move(ofComponent, whiteningStep),
      move(row, column),
    ]),
  ]
}

/** `centered` ← x − μ. */
function center(
  { dimension: d, column, x, means, centered }: Layout,
  { bytes, block, scratch }: Where,
  mean: Variable,
): readonly Statement[] {
  const [axis, to, point, a] = [address(), address(), address(), address()]
  const [from, at] = [plus(axis.get, point.get), plus(to.get, point.get)]
  const differences = ACROSS.map((offset) =>
    store(sub(load(from, x + offset), splat(mean.get, means)), at, centered + offset),
  )
  return [
    set(axis, block.get),
    set(to, scratch.get),
    repeat(a, 0, d, 1, [
      along(point, whole(0), bytes.get, ACROSS.length * VECTOR, differences),
      move(axis, column),
      move(to, column),
      move(mean, 8),
    ]),
  ]
}

interface TileAt {
  readonly point: Variable
  /** Where the tile begins in the packed W; it moves on to the next. */
  readonly w: Variable
  /** The bytes from the first axis to that behind the tile's first row; it moves on, too. */
  readonly length: Variable
  readonly squares: readonly Variable[]
}

/** Adds the squares of some rows of W·`centered`. */
function tile(
  { column, whitening, centered }: Layout,
  rows: number,
  { point, w, length, squares }: TileAt,
): readonly Statement[] {
  const axis = address()
  const sums = Array.from({ length: rows }, () => ACROSS.map(vector))
  const points = ACROSS.map((offset) => load(axis.get, centered + offset))
  /** What columns add to the rows from `first` on: a loop of its own, or else engines load ahead more than registers hold. */
  const products = (first: number): Statement => ({
    index: axis,
    from: first > 0 ? axis.get : point.get,
    to: plus(point.get, plus(length.get, first * column)),
    step: column,
    mayBeEmpty: false,
    body: [
      ...sums.slice(first).flatMap((ofRow, i) => {
        const weight = splat(w.get, whitening + 8 * (first + i))
        return ofRow.map((sum, j) => accumulate(sum, mul(weight, points[j]!)))
      }),
      move(w, 8 * TILE),
    ],
  })
  return [
    ...sums.flat().map(clear),
    // The square on the diagonal is a triangle, but for its first column.
    ...sums.map((_, first) => products(first)),
    ...squares.map((square, i) =>
      accumulate(
        square,
        sums.map((ofRow) => mul(ofRow[i]!.get, ofRow[i]!.get)).reduce((a, b) => add(a, b)),
      ),
    ),
    move(length, TILE * column),
  ]
}
