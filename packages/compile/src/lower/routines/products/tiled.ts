import { repeat, variable, whole, type Statement, type Variable } from '../../../wasm/statement.ts'
import { I32, value, type Value } from '../../../wasm/value.ts'
import type { Target } from '../../target.ts'
import { fillZeros } from '../fillZeros.ts'
import { least, minus, plus, times } from '../integers.ts'
import { atRow, moved, type Epilogue } from './epilogue.ts'
import { copyOfA, panel, type Part } from './panel.ts'
import { planOf } from './plan.ts'
import type { Product } from './product.ts'

/**
 * A product by tiles: C in panels of a few vectors, whose part of B is copied together, and these in strips of rows. After
 * Goto and van de Geijn, Anatomy of high-performance matrix multiplication (2008).
 *
 * @param a where the matrices begin.
 * @param epilogue what is made of the sums before they are stored.
 * @param firsts where its operands begin.
 */
export function tiled(
  product: Product,
  target: Target,
  a: Variable,
  b: Variable,
  c: Variable,
  epilogue?: Epilogue,
  firsts: readonly Variable[] = [],
): readonly Statement[] {
  const { inner } = product
  const plan = planOf(product, target.vectors)
  const part: Part = {
    product,
    plan,
    target,
    a: variable(I32),
    b: variable(I32),
    c: variable(I32),
    depth: variable(I32),
    heights: plan.strips.map(() => variable(I32)),
  }
  const rowOfC = product.c.row
  const [strips, shorter] = plan.strips
  const height = strips!.rows * strips!.count
  const [term, row] = [variable(I32), variable(I32)]

  const [copying, copy] = plan.copiesA ? copyOfA(part) : []
  /** All panels of some rows; with `made` their sums are complete. */
  const blockOf = (made: Epilogue | undefined): readonly Statement[] => [
    {
      variable: part.a,
      to: plus(plus(a.get, times(row.get, product.a.row)), times(term.get, product.a.inner)),
    },
    { variable: part.b, to: plus(b.get, times(term.get, product.b.inner)) },
    { variable: part.c, to: plus(c.get, times(row.get, rowOfC)) },
    ...atRow(made, firsts, row.get),
    {
      variable: part.heights[0]!,
      to: times(least(whole(plan.block), minus(whole(height), row.get)), rowOfC),
    },
    ...(shorter
      ? [
          {
            variable: part.heights[1]!,
            to: restHeight(row, plan.block, height, shorter.rows * shorter.count * rowOfC),
          },
        ]
      : []),
    ...(copying ? [copying, { variable: part.a, to: copy! }] : []),
    ...across(part, plan.across, made),
  ]
  const terms = (from: number, to: number, made?: Epilogue): readonly Statement[] => [
    repeat(term, from, to, plan.depth, [
      { variable: part.depth, to: least(whole(plan.depth), minus(whole(inner), term.get)) },
      repeat(row, 0, height, plan.block, blockOf(made)),
    ]),
  ]
  if (plan.depth >= inner) return terms(0, inner, epilogue)
  const last = epilogue ? inner - 1 - ((inner - 1) % plan.depth) : inner
  return [
    ...(product.isAdded ? [] : cleared(target, product, c)),
    ...terms(0, last),
    ...(epilogue ? terms(last, inner, epilogue) : []),
  ]
}

/** Sets C to zeros. */
function cleared(target: Target, { rows, columns, c: { row } }: Product, c: Variable): readonly Statement[] {
  if (row === columns * target.lanes.bytes) return fillZeros(target, c.get, rows * columns)
  const at = variable(I32)
  const end = variable(I32)
  return [
    { variable: end, to: plus(c.get, rows * row) },
    {
      index: at,
      from: c.get,
      to: end.get,
      step: row,
      mayBeEmpty: false,
      body: fillZeros(target, at.get, columns),
    },
  ]
}

/** Panels of so many columns, one after the other, and what is left. */
function across(part: Part, width: number, epilogue?: Epilogue): readonly Statement[] {
  const { product, target } = part
  const panels = Math.floor(product.columns / width)
  const rest = product.columns - panels * width
  const one = (): readonly Statement[] => [
    panel(part, width, epilogue),
    { variable: part.b, to: plus(part.b.get, width * product.b.column) },
    { variable: part.c, to: plus(part.c.get, width * target.lanes.bytes) },
    ...moved(epilogue, 0, width),
  ]
  return [
    ...(panels > 1 ? [repeat(variable(I32), 0, panels, 1, one())] : panels === 1 ? one() : []),
    ...(rest > 0 ? [panel(part, rest, epilogue)] : []),
  ]
}

/** Strips of the second kind are part of the last block. */
function restHeight(row: Variable, block: number, height: number, bytes: number): Value {
  const isLast = value(I32, [0x4e], [plus(row.get, block), whole(height)])
  return value(I32, [0x1b], [whole(bytes), whole(0), isLast])
}
