import { sizeOf, type Node } from '../../graph/node.ts'
import { repeat, variable, whole, type Statement, type Variable } from '../../wasm/statement.ts'
import { I32 } from '../../wasm/value.ts'
import type { Routine } from '../routines.ts'
import type { Target } from '../target.ts'
import { convert } from '../element.ts'
import { loadElement } from './elements.ts'
import { batchInParts } from './batchInParts.ts'
import { fillZeros } from './fillZeros.ts'
import type { FusedProduct } from '../fusedProducts.ts'
import { plus, times } from './integers.ts'
import { store } from './memory.ts'
import { batched, type Batched } from './overBatch.ts'
import { dots } from './products/dots.ts'
import { epilogueOf } from './products/epilogue.ts'
import { isStacked } from './products/isStacked.ts'
import { dividedProduct, type Part } from './products/dividedProduct.ts'
import type { Product } from './products/product.ts'
import { tiled } from './products/tiled.ts'
import { wholeProduct } from './products/wholeProduct.ts'
import { weightedRows } from './products/weightedRows.ts'

/** Rows of fewer vectors are multiplied by a vector number by number. */
const SHORT = 4

/** Products of matrices: of real numbers and truth values, or of whole numbers. */
export const matMul: Routine = (node, target) => {
  const [a, b] = node.inputs as readonly [Node, Node]
  if (a.dtype === 'int32' && b.dtype === 'int32') return [target.define(wholeProduct(node, target))]
  const [ofA, ofB] = [realOf(a, target), realOf(b, target)]
  return [...ofA.set, ...ofB.set, ...realProduct(node, ofA.node, ofB.node, target)]
}

/** The product of two matrices of real numbers, in the place of a node. */
function realProduct(node: Node, a: Node, b: Node, target: Target): readonly Statement[] {
  if (sizeOf(node.shape) === 0) return []
  const product = productOf(node, target)
  if (product.inner === 0) return fillZeros(target, whole(target.address(node)), sizeOf(node.shape))
  const at = [variable(I32), variable(I32), variable(I32)] as const
  const tensors = batched(target, [a, b, node], 2)
  const divided = dividedProduct(node, product, tensors, target, (part) => {
    const places = [variable(I32), variable(I32), variable(I32)] as const
    return { at: places, call: target.define(tiled(part, target, ...places), places) }
  })
  if (divided) return divided
  return [
    target.define(
      calls(node, product, tensors, target, (own) => {
        return { at, call: target.define(multiplied(product, own, ...at), at) }
      }),
    ),
  ]
}

/** A product of matrices of whose elements others are made, by tiles. */
export function matMulThen(
  fused: FusedProduct,
  target: Target,
  isStored: (node: Node) => boolean,
): readonly Statement[] {
  const { product: node, root, operands } = fused
  const { bytes } = target.lanes
  const epilogue = epilogueOf(fused, target, isStored)
  const product = productOf(node, target)
  const partOf = (part: Product, own: Target = target): Part => {
    const at = [variable(I32), variable(I32), variable(I32)] as const
    const firsts = operands.map(() => variable(I32))
    const places = [...at, ...firsts]
    return {
      at: places,
      call: target.define(tiled(part, own, ...at, epilogue, firsts), places),
    }
  }
  const axes = node.shape.length - 2
  const result: Batched = {
    address: target.address(root.node),
    batch: node.shape.slice(0, axes),
    bytes: sizeOf(node.shape.slice(axes)) * bytes,
  }
  const read = operands.map((operand): Batched => ({
    address: target.address(operand.node) + operand.at.offset * bytes,
    steps: operand.batch.map((step) => step * bytes),
  }))
  const tensors = [...batched(target, node.inputs, 2), result, ...read]
  const steps = operands.map(({ row, column }) => ({ row: row * bytes, column: column * bytes }))
  const divided = dividedProduct(node, product, tensors, target, partOf, steps)
  if (divided) return divided
  return [target.define(calls(node, product, tensors, target, (own) => partOf(product, own)))]
}

/** The call for each matrix of a batch, with where the parts of tensors begin. */
function calls(
  node: Node,
  { rows, inner, columns }: Product,
  tensors: readonly Batched[],
  target: Target,
  partOf: (target: Target) => Part,
): readonly Statement[] {
  const batch = isStacked(node) ? [] : node.shape.slice(0, -2)
  return batchInParts(target, batch, tensors, rows * inner * columns, (over, own) => {
    const { at, call } = partOf(own)
    return over((addresses) => [...addresses.map((to, i): Statement => ({ variable: at[i]!, to })), call])
  })
}

function productOf(node: Node, target: Target): Product {
  const { bytes } = target.lanes
  const { transposeA, transposeB } = node.attributes as { transposeA: boolean; transposeB: boolean }
  const [rows, columns] = node.shape.slice(-2) as [number, number]
  const inner = node.inputs[0]!.shape.at(transposeA ? -2 : -1)!
  return {
    rows: isStacked(node) ? sizeOf(node.shape.slice(0, -1)) : rows,
    inner,
    columns,
    a: transposeA ? { row: bytes, inner: rows * bytes } : { row: inner * bytes, inner: bytes },
    b: transposeB ? { inner: bytes, column: inner * bytes } : { inner: columns * bytes, column: bytes },
    c: { row: columns * bytes },
  }
}

/** A matrix of whole numbers as one of real numbers, in a place of its own, and what sets it. */
function realOf(x: Node, target: Target): { readonly node: Node; readonly set: readonly Statement[] } {
  if (x.dtype !== 'int32') return { node: x, set: [] }
  const { lanes: l } = target
  const node: Node = { ...x, op: 'input', inputs: [], dtype: 'float32' }
  const i = variable(I32)
  const number = loadElement(target, x, plus(times(i.get, 4), target.address(x)))
  const to = plus(times(i.get, l.bytes), target.address(node))
  const one = store(l, convert(l, number, 'int32', 'float32'), to)
  return { node, set: [target.define([repeat(i, 0, sizeOf(x.shape), 1, [one])])] }
}

/** The way that suits the product. */
export function multiplied(
  product: Product,
  target: Target,
  a: Variable,
  b: Variable,
  c: Variable,
): readonly Statement[] {
  const { rows, inner, columns } = product
  const { bytes } = target.lanes
  if (rows > 1 && columns > 1) return tiled(product, target, a, b, c)
  // A matrix W with rows w, and a vector.
  const [w, x, length, row, term] =
    rows === 1
      ? [b, a, columns, product.b.column, product.b.inner]
      : [a, b, rows, product.a.row, product.a.inner]
  if (term !== bytes && row === bytes)
    return weightedRows(target, { inner, columns: length, row: term }, x, w, c)
  if (inner >= SHORT * target.vectors.count) return dots(target, { rows: length, inner, row }, w, x, c)
  return tiled(
    {
      rows: length,
      inner,
      columns: 1,
      a: { row, inner: term },
      b: { inner: bytes, column: bytes },
      c: { row: bytes },
    },
    target,
    w,
    x,
    c,
  )
}
