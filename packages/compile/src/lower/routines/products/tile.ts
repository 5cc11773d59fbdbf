import type { Instruction, Statement, Variable } from '../../../wasm/statement.ts'
import { variable } from '../../../wasm/statement.ts'
import { V128 } from '../../../wasm/value.ts'
import type { Target } from '../../target.ts'
import { plus } from '../integers.ts'
import { splatAt, storeVector } from '../memory.ts'
import { startsOf, type Epilogue } from './epilogue.ts'
import { vectorsOf } from './product.ts'

/** A part of a product whose sums stay in registers. Distances are in bytes. */
export interface Tile {
  readonly rows: number
  readonly columns: number
  readonly a: { readonly row: number; readonly inner: number }
  /** From one row of B to the next. */
  readonly b: number
  /** From one row of C to the next. */
  readonly c: number
  /** Whether the sums are added to what C holds. */
  readonly isAdded: boolean
  /** What is made of the sums, once they are complete. */
  readonly epilogue?: Epilogue | undefined
}

/** What a tile is called with: where its parts of A, B and C begin, and where its rows of B end. */
export interface TileAt {
  readonly a: Variable
  readonly b: Variable
  readonly c: Variable
  readonly end: Variable
}

/**
 * The function that computes a tile. Per row of B it takes `rows` numbers of A, each in all lanes. Reads of B and C go on to
 * the end of a vector; what is not among the columns stays in lanes that are not stored.
 */
export function tile(target: Target, given: Tile, at: TileAt): Instruction {
  const { rows, columns, a, b, c, isAdded, epilogue } = given
  const l = target.vectors
  const width = vectorsOf(l, columns)
  const sums = Array.from({ length: rows * width }, (_, i) => ({
    sum: variable(V128),
    row: Math.floor(i / width),
    vector: i % width,
  }))
  const start = sums.map(({ sum }): Statement => ({ variable: sum, to: l.constant(0) }))
  const ofB = Array.from({ length: width }, (_, vector) => l.load(at.b.get, 16 * vector))
  const ofA = Array.from({ length: rows }, (_, row) => splatAt(l, at.a.get, row * a.row))
  const step = sums.map(({ sum, row, vector }): Statement => ({
    variable: sum,
    to: l.multiplyAdd(ofA[row]!, ofB[vector]!, sum.get),
  }))
  const next: Statement = { variable: at.a, to: plus(at.a.get, a.inner) }
  const made = epilogue?.ofTile()
  const end = sums.flatMap(({ sum, row, vector }) => {
    const offset = row * c + 16 * vector
    const total = isAdded ? l.add(l.load(at.c.get, offset), sum.get) : sum.get
    const result = made ? made(total, row, vector) : total
    return storeVector(l, result, at.c.get, offset, Math.min(l.count, columns - vector * l.count))
  })
  return target.define(
    [
      ...start,
      { index: at.b, from: at.b.get, to: at.end.get, step: b, mayBeEmpty: false, body: [...step, next] },
      ...end,
    ],
    [at.a, at.b, at.c, at.end, ...startsOf(epilogue)],
  )
}
