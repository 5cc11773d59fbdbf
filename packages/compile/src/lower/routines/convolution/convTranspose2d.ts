import { sizeOf, type Node } from '../../../graph/node.ts'
import { variable, whole } from '../../../wasm/statement.ts'
import { I32 } from '../../../wasm/value.ts'
import type { Routine } from '../../routines.ts'
import { addTo } from '../addTo.ts'
import { fillZeros } from '../fillZeros.ts'
import { plus, times } from '../integers.ts'
import { multiplied } from '../matMul.ts'
import { eachRun } from './eachRun.ts'
import { geometryOf } from './geometry.ts'
import { blocksOf, overLines } from './overLines.ts'

/** Transposed convolutions: patches are the product of some lines with the filter, and added where they lie in the images. */
export const convTranspose2d: Routine = (node, target) => {
  const [y, filter] = node.inputs as readonly [Node, Node]
  const g = geometryOf(node, node.shape, filter.shape, y.shape)
  const { bytes } = target.lanes
  const images = whole(target.address(node))
  if (sizeOf(node.shape) === 0) return []
  const zeros = fillZeros(target, images, sizeOf(node.shape))
  if (sizeOf(y.shape) === 0) return [target.define(zeros)]
  const blocks = blocksOf(g, bytes)
  const places = target.room(Math.ceil((blocks.longest.pixels * g.patch * bytes) / 16) * 16)
  const at = [variable(I32), variable(I32), variable(I32)] as const
  const body = overLines(blocks, ({ count, pixels }, first) => [
    { variable: at[0], to: plus(whole(target.address(y)), times(first.get, g.result[1] * g.outs * bytes)) },
    { variable: at[1], to: whole(target.address(filter)) },
    { variable: at[2], to: whole(places) },
    ...multiplied(
      {
        rows: pixels,
        inner: g.outs,
        columns: g.patch,
        a: { row: g.outs * bytes, inner: bytes },
        b: { inner: bytes, column: g.outs * bytes },
        c: { row: g.patch * bytes },
      },
      target,
      ...at,
    ),
    ...eachRun(
      g,
      bytes,
      { first: first.get, count: whole(count), x: images, patches: whole(places) },
      (to, from, numbers) => addTo(target, from, to, numbers),
    ),
  ])
  return [target.define([...zeros, ...body])]
}
