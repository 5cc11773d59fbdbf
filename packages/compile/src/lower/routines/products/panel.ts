import { variable, whole, type Instruction, type Statement, type Variable } from '../../../wasm/statement.ts'
import { I32, type Value } from '../../../wasm/value.ts'
import type { Target } from '../../target.ts'
import { plus, times } from '../integers.ts'
import { ownRoom } from '../ownRoom.ts'
import { moved, startsOf, type Epilogue } from './epilogue.ts'
import { pack } from './pack.ts'
import type { Plan, Strips } from './plan.ts'
import { vectorsOf, type Product } from './product.ts'
import { rowByRow } from './rowByRow.ts'
import { tile } from './tile.ts'

/** What is computed of a product, and how: what the functions for its parts are called with. */
export interface Part {
  readonly product: Product
  readonly plan: Plan
  readonly target: Target
  /** Where the parts of A, B and C begin. */
  readonly a: Variable
  readonly b: Variable
  readonly c: Variable
  /** How many terms are summed. */
  readonly depth: Variable
  /** How many bytes the rows of each kind of strips take in C. */
  readonly heights: readonly Variable[]
}

/**
 * The function that computes columns of some rows of C, or adds to them where there are more terms.
 *
 * @param epilogue what is made of the sums, where they are complete with these terms.
 */
export function panel(part: Part, columns: number, epilogue?: Epilogue): Instruction {
  const { product, plan, target, a, b, c, depth, heights } = part
  const width = 16 * vectorsOf(target.vectors, columns)
  const rowOfB = plan.copiesB ? width : product.b.inner
  const rowOfC = product.c.row
  const isAdded = product.isAdded === true || plan.depth < product.inner
  const end = variable(I32)
  const copy = plan.copiesB ? ownRoom(target, plan.depth * width) : whole(0)
  const copying: readonly Statement[] = [
    ...pack(target.vectors, { ...product.b, columns }, b.get, copy, depth.get),
    { variable: b, to: copy },
  ]
  const [inTiles, behind] = epilogue?.isLong ? [undefined, epilogue] : [epilogue, undefined]
  const top = variable(I32)
  const tiles = overStrips(part, (strips) => [
    tile(
      target,
      { rows: strips.rows, columns, a: strips.a, b: rowOfB, c: rowOfC, isAdded, epilogue: inTiles },
      { a, b, c, end },
    ),
    ...moved(inTiles, strips.rows, 0),
  ])
  return target.define(
    [
      ...(plan.copiesB ? copying : []),
      { variable: end, to: plus(b.get, times(depth.get, rowOfB)) },
      { variable: top, to: c.get },
      ...tiles,
      ...(behind ? rowByRow(target.vectors, behind, { columns, from: top, to: c, step: rowOfC }) : []),
    ],
    [a, b, c, depth, ...heights, ...startsOf(epilogue)],
  )
}

/** The function that copies some rows of A, strip by strip, and where to. */
export function copyOfA(part: Part): readonly [call: Instruction, copy: Value] {
  const { product, plan, target, a, c, depth, heights } = part
  const [first, shorter] = plan.strips as [Strips, Strips?]
  const strips = Math.min(first.count, plan.block / first.rows) + (shorter?.count ?? 0)
  const copy = ownRoom(target, strips * first.a.strip)
  const read = variable(I32)
  const { row, inner } = product.a
  const body = overStrips(part, (strips) => [
    ...pack(target.vectors, { columns: strips.rows, inner, column: row }, read.get, a.get, depth.get),
    { variable: read, to: plus(read.get, strips.rows * row) },
  ])
  return [
    target.define(
      [{ variable: read, to: a.get }, { variable: a, to: copy }, ...body],
      [a, c, depth, ...heights],
    ),
    copy,
  ]
}

/** Statements for each strip of rows: `c` moves with them, and `a` in what tiles read of A. */
function overStrips(
  { product, plan, a, c, heights }: Part,
  body: (strips: Strips) => readonly Statement[],
): readonly Statement[] {
  const bottom = variable(I32)
  const rowOfC = product.c.row
  return plan.strips.flatMap((strips, i): Statement[] => [
    { variable: bottom, to: plus(c.get, heights[i]!.get) },
    {
      index: c,
      from: c.get,
      to: bottom.get,
      step: strips.rows * rowOfC,
      mayBeEmpty: i > 0,
      body: [...body(strips), { variable: a, to: plus(a.get, strips.a.strip) }],
    },
  ])
}
