import { sizeOf, type Node } from '../../../graph/node.ts'
import { variable, whole, type Statement, type Variable } from '../../../wasm/statement.ts'
import { I32 } from '../../../wasm/value.ts'
import type { FusedProduct } from '../../fusedProducts.ts'
import type { Routine } from '../../routines.ts'
import type { Target } from '../../target.ts'
import { copy } from '../copy.ts'
import { fillZeros } from '../fillZeros.ts'
import { plus, times } from '../integers.ts'
import { multiplied } from '../matMul.ts'
import { epilogueOf } from '../products/epilogue.ts'
import type { Product } from '../products/product.ts'
import { tiled } from '../products/tiled.ts'
import { eachRun } from './eachRun.ts'
import { geometryOf, type Geometry } from './geometry.ts'
import { blocksOf, overLines, type Lines } from './overLines.ts'

/** Convolutions: for some lines of the result at a time, the product of a matrix of patches with the filter. */
export const conv2d: Routine = (node, target) =>
  convolved(node, node, target, (lines, at) =>
    multiplied(productOf(geometry(node), lines, target), target, ...at),
  )

/** A convolution of whose elements others are made before they are stored. */
export function conv2dThen(
  fused: FusedProduct,
  target: Target,
  isStored: (node: Node) => boolean,
): readonly Statement[] {
  const { product, root, operands } = fused
  const { bytes } = target.lanes
  const row = variable(I32)
  return convolved(product, root.node, target, (lines, at, first) => {
    const epilogue = epilogueOf(fused, target, isStored)
    const firsts = operands.map(() => variable(I32))
    const { result } = geometry(product)
    return [
      { variable: row, to: times(first.get, result[1]) },
      ...operands.map(({ node, at: place, row: step }, i): Statement => {
        const start = whole(target.address(node) + place.offset * bytes)
        return { variable: firsts[i]!, to: step === 0 ? start : plus(start, times(row.get, step * bytes)) }
      }),
      ...tiled(productOf(geometry(product), lines, target), target, ...at, epilogue, firsts),
    ]
  })
}

type Places = readonly [patches: Variable, filter: Variable, result: Variable]

/** @param stored what is made of the convolution. */
function convolved(
  node: Node,
  stored: Node,
  target: Target,
  multiply: (lines: Lines, at: Places, first: Variable) => readonly Statement[],
): readonly Statement[] {
  const g = geometry(node)
  const { bytes } = target.lanes
  const [x, filter] = node.inputs as readonly [Node, Node]
  const to = whole(target.address(stored))
  if (sizeOf(node.shape) === 0) return []
  if (g.patch === 0) return [target.define(fillZeros(target, to, sizeOf(node.shape)))]
  const blocks = blocksOf(g, bytes)
  const at: Places = [variable(I32), variable(I32), variable(I32)]
  const places = target.room(align(blocks.longest.pixels * g.patch * bytes))
  const zeros = fillZeros(target, whole(places), blocks.longest.pixels * g.patch)
  const images = whole(target.address(x))
  const body = overLines(blocks, (lines, first) => [
    ...(blocks.areAlike ? [] : zeros),
    ...eachRun(
      g,
      bytes,
      { first: first.get, count: whole(lines.count), x: images, patches: whole(places) },
      (from, into, count) => copy(from, into, count * bytes),
    ),
    { variable: at[0], to: whole(places) },
    { variable: at[1], to: whole(target.address(filter)) },
    { variable: at[2], to: plus(to, times(first.get, g.result[1] * g.outs * bytes)) },
    ...multiply(lines, at, first),
  ])
  return [target.define([...(blocks.areAlike ? zeros : []), ...body])]
}

function geometry(node: Node): Geometry {
  const [x, filter] = node.inputs as readonly [Node, Node]
  return geometryOf(node, x.shape, filter.shape, node.shape)
}

function productOf({ patch, outs }: Geometry, { pixels }: Lines, target: Target): Product {
  const { bytes } = target.lanes
  return {
    rows: pixels,
    inner: patch,
    columns: outs,
    a: { row: patch * bytes, inner: bytes },
    b: { inner: outs * bytes, column: bytes },
    c: { row: outs * bytes },
  }
}

const align = (bytes: number): number => Math.ceil(bytes / 16) * 16
