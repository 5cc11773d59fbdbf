import { sizeOf, type Shape } from '../../graph/node.ts'
import { repeat, variable, whole, type Statement, type Variable } from '../../wasm/statement.ts'
import { I32 } from '../../wasm/value.ts'
import type { Routine } from '../routines.ts'
import type { Target } from '../target.ts'
import { FEW, ofCells, type Cells } from './exponentials/ofCells.ts'
import { ofScattered } from './exponentials/ofScattered.ts'
import { ofRow } from './exponentials/ofRow.ts'
import { filled } from './filled.ts'
import { plus } from './integers.ts'

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
  const move = (read: number, written: number): readonly Statement[] => [
    { variable: from, to: plus(from.get, read) },
    { variable: to, to: plus(to.get, written) },
  ]
  if (inner === 1 && length <= FEW) {
    const cells = { length, step: bytes, cell: length * bytes }
    return [target.define([...start, ...overCells(target, cells, outer, from, to)])]
  }
  const row = length * inner * bytes
  const one =
    inner === 1
      ? [...ofRow(target, length, from.get, to.get), ...move(row, bytes)]
      : [
          ...overCells(target, { length, step: inner * bytes, cell: bytes }, inner, from, to),
          ...move(row - inner * bytes, 0),
        ]
  return [target.define([...start, repeat(group, 0, outer, 1, one)])]
}

/** Results one after the other, as many at once as a vector holds; `from` and `to` move to the end of them. */
function overCells(
  target: Target,
  cells: Cells,
  count: number,
  from: Variable,
  to: Variable,
): readonly Statement[] {
  const { vectors: l } = target
  const [blocks, rest] = [Math.floor(count / l.count), count % l.count]
  const block = (lanes: number): readonly Statement[] => [
    ...ofCells(target, cells, lanes, from.get, to.get),
    { variable: from, to: plus(from.get, lanes * cells.cell) },
    { variable: to, to: plus(to.get, lanes * l.bytes) },
  ]
  return [
    ...(blocks > 0 ? [repeat(variable(I32), 0, blocks, 1, block(l.count))] : []),
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
