import { plus, repeat, whole, type Statement, type Value, type Variable } from '@variate/compile/wasm'
import {
  accumulate,
  address,
  addTo,
  along,
  clear,
  firsts,
  load,
  move,
  seconds,
  set,
  two,
  VECTOR,
  vector,
} from './code.ts'
import { TILE, type Layout } from './layout.ts'
import type { Where } from './where.ts'

/** Columns of a tile. */
const PAIR = 2

/**
 * Adds the lower triangle of `scaled`·`centered`ᵀ in tiles of four rows and two columns, whose sums stay in registers; two
 * tiles on the diagonal together. Rows behind the last axis are zeros.
 */
export function addProducts(
  layout: Layout,
  { scratch }: Where,
  bytes: Variable,
  ofSecond: Variable,
): readonly Statement[] {
  const { dimension: d, column } = layout
  const [t, rows, columns] = [address(), address(), address()]
  const at: ProductAt = { bytes, rows, columns, ofSecond }
  const left: Statement = {
    index: columns,
    from: scratch.get,
    to: rows.get,
    step: PAIR * column,
    mayBeEmpty: true,
    body: products(layout, at, -PAIR),
  }
  return [
    set(rows, scratch.get),
    repeat(t, 0, Math.ceil(d / TILE), 1, [
      left,
      set(columns, rows.get),
      ...products(layout, at, 0),
      move(columns, PAIR * column),
      ...products(layout, at, PAIR),
      move(rows, TILE * column),
    ]),
  ]
}

interface ProductAt {
  readonly bytes: Variable
  /** Where the first row and the first column are, from the first axis on, in `scratch`. */
  readonly rows: Variable
  readonly columns: Variable
  /** Where sums go; it moves on behind them. */
  readonly ofSecond: Variable
}

/**
 * Adds the products of four rows and two columns.
 *
 * @param diagonal how far the first column is behind the first row: what is above the diagonal is left out.
 */
function products(
  { column, centered, scaled, second }: Layout,
  { bytes, rows, columns, ofSecond }: ProductAt,
  diagonal: number,
): readonly Statement[] {
  const point = address()
  const sums = Array.from({ length: TILE }, (_, a) =>
    [0, 1].map((b) => (b + diagonal <= a ? vector() : undefined)),
  )
  const z = [0, 1].map((b) => load(plus(columns.get, point.get), centered + b * column))
  const products = sums.flatMap((ofRow, a) => {
    const rz = load(plus(rows.get, point.get), scaled + a * column)
    return ofRow.flatMap((sum, b) => (sum ? [accumulate(sum, two.mul(rz, z[b]!))] : []))
  })
  const total = (sum: Variable | undefined): Value => sum?.get ?? two.constant(0)
  return [
    ...sums.flat().flatMap((sum) => (sum ? [clear(sum)] : [])),
    along(point, whole(0), bytes.get, VECTOR, products),
    ...sums.map((ofRow, a) => {
      const [left, right] = [total(ofRow[0]), total(ofRow[1])]
      return addTo(ofSecond.get, second + a * VECTOR, two.add(firsts(left, right), seconds(left, right)))
    }),
    move(ofSecond, TILE * VECTOR),
  ]
}
