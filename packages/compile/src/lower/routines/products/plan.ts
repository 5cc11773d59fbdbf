import type { Lanes } from '../../../wasm/lanes.ts'
import { split } from '../split.ts'
import { vectorsOf, type Product } from './product.ts'

/** Terms that are summed at once: as many rows of a panel of B take half of a small first-level cache. */
const DEPTH = 512

/** How many bytes of A are multiplied by one panel after the other: what a second-level cache keeps. */
const BLOCK = 2 ** 18

/** From so many strips and panels on numbers that are not neighbours are copied before they are multiplied. */
const MANY = 3

/**
 * The most rows of a tile, by the vectors in each of them: sums, and what engines load ahead, which is all that a step
 * takes, fit in 16 registers.
 */
const ROWS: Readonly<Record<number, number>> = { 1: 6, 2: 4, 3: 2, 4: 2 }

/** Strips of equally many rows, one after the other. Distances are in bytes of what tiles read: of A or of its copy. */
export interface Strips {
  readonly rows: number
  readonly count: number
  readonly a: { readonly row: number; readonly inner: number; readonly strip: number }
}

/** How a product is divided. */
export interface Plan {
  /** The columns of a panel: the last may have fewer. */
  readonly across: number
  /** One or two kinds, those with more rows first. */
  readonly strips: readonly Strips[]
  /** The most terms that are summed at once. */
  readonly depth: number
  /** The rows that are multiplied by one panel after the other, of strips of the first kind. */
  readonly block: number
  readonly copiesA: boolean
  readonly copiesB: boolean
}

export function planOf({ rows, inner, columns, a, b }: Product, l: Lanes): Plan {
  const width = Math.min(rows === 2 ? 4 : 2, vectorsOf(l, columns))
  const across = width * l.count
  const depth = Math.ceil(inner / Math.ceil(inner / DEPTH))
  const copiesA = a.inner !== l.bytes && inner > 1 && columns > (MANY - 1) * across
  const { length, count, shorterCount } = split(rows, ROWS[width]!)
  const kind = (rows: number, count: number): Strips => {
    const row = 16 * vectorsOf(l, rows)
    const ofCopy = { row: l.bytes, inner: row, strip: row * depth }
    return { rows, count, a: copiesA ? ofCopy : { ...a, strip: rows * a.row } }
  }
  return {
    across,
    strips: [kind(length, count), ...(shorterCount > 0 ? [kind(length - 1, shorterCount)] : [])],
    depth,
    block: length * Math.max(1, Math.floor(BLOCK / (length * depth * l.bytes))),
    copiesA,
    copiesB: b.column !== l.bytes || (count + shorterCount >= MANY && columns > across),
  }
}
