import { sizeOf, type Node, type Shape } from '../../../graph/node.ts'
import { repeat, variable, whole, type Statement } from '../../../wasm/statement.ts'
import { I32, type Value } from '../../../wasm/value.ts'
import { convert } from '../../element.ts'
import type { Target } from '../../target.ts'
import { bytesOf, loadElement } from '../elements.ts'
import { plus, times } from '../integers.ts'
import { store } from '../memory.ts'
import { ofRows } from './ofRows.ts'

/** An axis: its length, and how far its elements are from each other in bytes. */
interface Axis {
  readonly length: number
  readonly step: number
}

/** log Σ exp over axes that others are between, or of whole numbers: what is summed is brought into a row, one after the other. */
export function ofScattered(node: Node, target: Target, axes: Shape): readonly Statement[] {
  const [x] = node.inputs as readonly [Node]
  const { lanes: l } = target
  const all = x.shape.map((length, axis): Axis => {
    return { length, step: sizeOf(x.shape.slice(axis + 1)) * bytesOf(target, x) }
  })
  const [summed, kept] = [true, false].map((isSummed) =>
    all.filter((_, axis) => axes.includes(axis) === isSummed),
  ) as [Axis[], Axis[]]
  const length = summed.reduce((product, axis) => product * axis.length, 1)
  const room = target.room(length * l.bytes)
  const [row, at, to] = [variable(I32), variable(I32), variable(I32)]
  const forward = (place: typeof at): Statement => ({ variable: place, to: plus(place.get, l.bytes) })
  const rows = through(kept, whole(target.address(x)), (start) => [
    ...[row, at].map((place) => ({ variable: place, to: whole(room) })),
    ...through(summed, start, (address) => [
      store(l, convert(l, loadElement(target, x, address), x.dtype, 'float32'), at.get),
      forward(at),
    ]),
    ...ofRows(target, length, 1, row.get, to.get),
    forward(to),
  ])
  return [{ variable: to, to: whole(target.address(node)) }, ...rows]
}

/** Statements for each place along axes, row-major. */
function through(
  axes: readonly Axis[],
  start: Value,
  body: (address: Value) => readonly Statement[],
): readonly Statement[] {
  const [first, ...rest] = axes
  if (!first) return body(start)
  const index = variable(I32)
  const inner = through(rest, plus(times(index.get, first.step), start), body)
  return [repeat(index, 0, first.length, 1, inner)]
}
