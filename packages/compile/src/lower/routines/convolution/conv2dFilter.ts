import { sizeOf, type Node } from '../../../graph/node.ts'
import { variable, whole } from '../../../wasm/statement.ts'
import { I32 } from '../../../wasm/value.ts'
import type { Routine } from '../../routines.ts'
import { copy } from '../copy.ts'
import { fillZeros } from '../fillZeros.ts'
import { plus, times } from '../integers.ts'
import { tiled } from '../products/tiled.ts'
import { eachRun } from './eachRun.ts'
import { geometryOf } from './geometry.ts'
import { blocksOf, overLines } from './overLines.ts'

/** Derivatives of convolutions with respect to the filter: patches, transposed, times lines of what is differentiated. */
export const conv2dFilter: Routine = (node, target) => {
  const [x, y] = node.inputs as readonly [Node, Node]
  const g = geometryOf(node, x.shape, node.shape, y.shape)
  const { bytes } = target.lanes
  const to = whole(target.address(node))
  if (sizeOf(node.shape) === 0) return []
  const start = fillZeros(target, to, sizeOf(node.shape))
  if (sizeOf(y.shape) === 0) return [target.define(start)]
  const blocks = blocksOf(g, bytes)
  const places = target.room(Math.ceil((blocks.longest.pixels * g.patch * bytes) / 16) * 16)
  const zeros = fillZeros(target, whole(places), blocks.longest.pixels * g.patch)
  const images = whole(target.address(x))
  const at = [variable(I32), variable(I32), variable(I32)] as const
  const body = overLines(blocks, ({ count, pixels }, first) => [
    ...(blocks.areAlike ? [] : zeros),
    ...eachRun(
      g,
      bytes,
      { first: first.get, count: whole(count), x: images, patches: whole(places) },
      (from, into, numbers) => copy(from, into, numbers * bytes),
    ),
    { variable: at[0], to: whole(places) },
    { variable: at[1], to: plus(whole(target.address(y)), times(first.get, g.result[1] * g.outs * bytes)) },
    { variable: at[2], to },
    ...tiled(
      {
        rows: g.patch,
        inner: pixels,
        columns: g.outs,
        a: { row: bytes, inner: g.patch * bytes },
        b: { inner: g.outs * bytes, column: bytes },
        c: { row: g.outs * bytes },
        isAdded: true,
      },
      target,
      ...at,
    ),
  ])
  return [target.define([...start, ...(blocks.areAlike ? zeros : []), ...body])]
}
