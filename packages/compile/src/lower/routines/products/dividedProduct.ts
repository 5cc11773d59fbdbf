import { sizeOf, type Node } from '../../../graph/node.ts'
import type { Instruction, Statement, Variable } from '../../../wasm/statement.ts'
import type { Target } from '../../target.ts'
import { inParts, type Items } from '../inParts.ts'
import { plus, times } from '../integers.ts'
import type { Batched } from '../overBatch.ts'
import { isStacked } from './isStacked.ts'
import type { Product } from './product.ts'

/** The call of a product, or of a part of it, and where its tensors begin. */
export interface Part {
  readonly at: readonly Variable[]
  readonly call: Instruction
}

/** The bytes from one row to the next of a tensor, and from one column. */
export interface Steps {
  readonly row: number
  readonly column: number
}

/** The fewest rows, and columns, of a part: what it reads of the other matrix is copied for each. */
const FEWEST = 16

/**
 * A product in parts of some columns each, or rows where numbers of A are copied before they are multiplied, which threads do.
 * Undefined where they do not pay.
 *
 * @param partOf gives the call of a part.
 * @param operands the steps of the tensors behind those of the product.
 */
export function dividedProduct(
  node: Node,
  product: Product,
  tensors: readonly Batched[],
  target: Target,
  partOf: (part: Product) => Part,
  operands: readonly Steps[] = [],
): readonly Statement[] | undefined {
  const { rows, inner, columns, a, b, c } = product
  const { bytes } = target.lanes
  const isOne = isStacked(node) || sizeOf(node.shape.slice(0, -2)) === 1
  if (!isOne || rows < 2 || columns < 2) return undefined
  const steps: readonly Steps[] = [
    { row: a.row, column: 0 },
    { row: 0, column: b.column },
    { row: c.row, column: bytes },
    ...operands,
  ]
  const along = (axis: keyof Steps, items: Items): readonly Statement[] | undefined =>
    inParts(target, items, (length, first) => {
      const { at, call } = partOf(
        axis === 'row' ? { ...product, rows: length } : { ...product, columns: length },
      )
      const places = at.map((place, i): Statement => ({
        variable: place,
        to: plus(times(first, steps[i]![axis]), tensors[i]!.address),
      }))
      return [...places, call]
    })
  // Panels have up to four vectors, tiles up to 6 rows, or 4.
  const byColumns = { count: columns, work: rows * inner, unit: 16, fewest: FEWEST }
  const byRows = { count: rows, work: inner * columns, unit: 4, fewest: FEWEST }
  const isCopied = a.inner !== bytes
  return (isCopied ? undefined : along('column', byColumns)) ?? along('row', byRows)
}
