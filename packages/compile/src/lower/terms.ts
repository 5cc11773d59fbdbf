import { offsetsIn } from '@variate/core/internal'
import { sizeOf, type Node, type Shape } from '../graph/node.ts'

/** Which elements of its input a reduction combines, for each element of its result. */
export function reduced({ op, inputs: [x], attributes }: Node): readonly (readonly number[])[] {
  const axes = attributes[op === 'sum' ? 'axis' : 'reductionIndices'] as Shape
  const kept = x!.shape.map((length, axis) => (axes.includes(axis) ? 1 : length))
  const cells = offsetsIn(kept, x!.shape, sizeOf(x!.shape))
  const items = Array.from({ length: sizeOf(kept) }, (): number[] => [])
  for (const [i, cell] of cells.entries()) items[cell]!.push(i)
  return items
}

/** Which elements of its two inputs a product of matrices multiplies and adds, for each element of its result. */
export function multiplied({
  inputs,
  attributes,
  shape,
}: Node): readonly (readonly (readonly [left: number, right: number])[])[] {
  const [a, b] = inputs as readonly [Node, Node]
  const { transposeA, transposeB } = attributes as { transposeA: boolean; transposeB: boolean }
  const [rows, columns] = shape.slice(-2) as [number, number]
  const inner = a.shape.at(transposeA ? -2 : -1)!
  const batch = shape.slice(0, -2)
  const [ofA, ofB] = [a, b].map((x) => offsetsIn(x.shape.slice(0, -2), batch, sizeOf(batch)))
  return Array.from({ length: sizeOf(shape) }, (_, place) => {
    const [i, j] = [Math.floor(place / columns) % rows, place % columns]
    const at = Math.floor(place / (rows * columns))
    const [left, right] = [ofA![at]! * rows * inner, ofB![at]! * inner * columns]
    return Array.from({ length: inner }, (_, k): readonly [number, number] => [
      left + (transposeA ? k * rows + i : i * inner + k),
      right + (transposeB ? j * inner + k : k * columns + j),
    ])
  })
}

/** Combined in pairs, so that rounding errors and the chain of dependences grow with the logarithm. */
export function pairwise<X>(items: readonly X[], combine: (a: X, b: X) => X): X {
  if (items.length === 1) return items[0]!
  const half = items.length >>> 1
  return combine(pairwise(items.slice(0, half), combine), pairwise(items.slice(half), combine))
}
