import { sizeOf, type Shape } from '../../graph/node.ts'
import { repeat, variable, whole, type Statement, type Variable } from '../../wasm/statement.ts'
import { I32 } from '../../wasm/value.ts'
import type { Routine } from '../routines.ts'
import type { Target } from '../target.ts'
import { FEW, ofCells, type Cells } from './exponentials/ofCells.ts'
import { ofRows, ROWS } from './exponentials/ofRows.ts'
import { ofScattered } from './exponentials/ofScattered.ts'
import { filled } from './filled.ts'
import { inParts } from './inParts.ts'
import { plus, times } from './integers.ts'

/** The instructions that a term takes, by and large. */
const EXPONENTIAL = 30

/** log Σ exp over axes: of nothing −∞. */
export const logSumExp: Routine = (node, target) => {
  const [x] = node.inputs
  const axes = node.attributes['axis'] as Shape
  const spans = spansOf(x!.shape, axes)
  if (sizeOf(x!.shape) === 0) return [target.define([filled(target, node, -Infinity)])]
  if (!spans || x!.dtype === 'int32') return [target.define(ofScattered(node, target, axes))]
  const { bytes } = target.lanes
  const [outer, length, inner] = spans
  const [group, from, to] = [variable(I32), variable(I32), variable(I32)]
  const start: readonly Statement[] = [
    { variable: from, to: whole(target.address(x!)) },
    { variable: to, to: whole(target.address(node)) },
  ]
  if (inner === 1 && length <= FEW) {
    const cells = { length, step: bytes, cell: length * bytes }
    return [target.define([...start, ...overCells(target, cells, outer, from, to)])]
  }
  if (inner === 1) {
    const parts = inParts(
      target,
      { count: outer, work: length * EXPONENTIAL, unit: ROWS },
      (count, first) => [
        { variable: from, to: plus(times(first, length * bytes), target.address(x!)) },
        { variable: to, to: plus(times(first, bytes), target.address(node)) },
        ...overRows(target, length, count, from, to),
      ],
    )
    return parts ?? [target.define([...start, ...overRows(target, length, outer, from, to)])]
  }
  const one = [
    ...overCells(target, { length, step: inner * bytes, cell: bytes }, inner, from, to),
    { variable: from, to: plus(from.get, (length - 1) * inner * bytes) },
  ]
  return [target.define([...start, repeat(group, 0, outer, 1, one)])]
}

/** Results one after the other, of cells; `from` and `to` move to the end of them. */
function overCells(
  target: Target,
  cells: Cells,
  count: number,
  from: Variable,
  to: Variable,
): readonly Statement[] {
  return inBlocks(target, count, target.vectors.count, to, (lanes) => [
    ...ofCells(target, cells, lanes, from.get, to.get),
    { variable: from, to: plus(from.get, lanes * cells.cell) },
  ])
}

/** Results one after the other, of rows that follow each other; `from` and `to` move to the end of them. */
function overRows(
  target: Target,
  length: number,
  count: number,
  from: Variable,
  to: Variable,
): readonly Statement[] {
  return inBlocks(target, count, ROWS, to, (lanes) => [
    ...ofRows(target, length, lanes, from.get, to.get),
    { variable: from, to: plus(from.get, lanes * length * target.lanes.bytes) },
  ])
}

/** So many results at once, and those that are left. */
function inBlocks(
  { vectors: l }: Target,
  count: number,
  most: number,
  to: Variable,
  of: (count: number) => readonly Statement[],
): readonly Statement[] {
  const [blocks, rest] = [Math.floor(count / most), count % most]
  const block = (results: number): readonly Statement[] => [
    ...of(results),
    { variable: to, to: plus(to.get, results * l.bytes) },
  ]
  return [
    ...(blocks > 0 ? [repeat(variable(I32), 0, blocks, 1, block(most))] : []),
    ...(rest > 0 ? block(rest) : []),
  ]
}

/** How many elements there are before the axes, along them and behind; undefined if others are between them. */
function spansOf(
  shape: Shape,
  axes: Shape,
): readonly [outer: number, length: number, inner: number] | undefined {
  const long = axes.filter((axis) => shape[axis] !== 1)
  const [first, last] = [long[0] ?? shape.length, long.at(-1) ?? shape.length - 1]
  const between = shape.slice(first, last + 1)
  if (between.some((length, i) => length !== 1 && !long.includes(first + i))) return undefined
  return [sizeOf(shape.slice(0, first)), sizeOf(between), sizeOf(shape.slice(last + 1))]
}
