import { offsetsIn } from '@variate/core/internal'
import { fillOf, sourcesOf } from '../graph/movement.ts'
import { elementOf, sizeOf, type Node, type Shape } from '../graph/node.ts'
import type { Lanes } from '../wasm/lanes.ts'
import type { Value } from '../wasm/value.ts'
import { combine, isReduction, ofNone } from './combine.ts'
import { choose, convert, literal } from './element.ts'
import { lowerElement } from './lowerElement.ts'
import type { Target } from './target.ts'

/** The elements of a node that can be written out, from those of its inputs. */
export function writtenOut(
  node: Node,
  of: (node: Node) => readonly Value[],
  { lanes: l, callOf }: Target,
): readonly Value[] {
  const { op, inputs, attributes, shape, dtype, kernel } = node
  const size = sizeOf(shape)
  if (op === 'constant') {
    return Array.from({ length: size }, (_, i) => literal(l, elementOf(node, i), dtype))
  }
  if (kernel?.elementwise) {
    const places = inputs.map((input) => offsetsIn(input.shape, shape, size))
    const sources = inputs.map(of)
    return Array.from({ length: size }, (_, i) =>
      lowerElement(
        l,
        node,
        sources.map((source, k) => source[places[k]![i]!]!),
        callOf,
      ),
    )
  }
  const moved = sourcesOf(node)
  if (moved) {
    const sources = inputs.flatMap(of)
    const filled = literal(l, fillOf(node), dtype)
    return Array.from(moved, (from) => (from < 0 ? filled : sources[from]!))
  }
  if (op === 'cast') return of(inputs[0]!).map((x) => convert(l, x, inputs[0]!.dtype, dtype))
  if (op === 'where') {
    const [condition, a, b] = inputs.map(of)
    return condition!.map((c, i) => choose(l, c, a![i]!, b![i]!))
  }
  if (isReduction(op)) {
    const axes = attributes[op === 'sum' ? 'axis' : 'reductionIndices'] as Shape
    return groups(inputs[0]!.shape, axes, of(inputs[0]!)).map((items) =>
      items.length === 0 ? ofNone(l, op, dtype) : pairwise(items, (a, b) => combine(l, op, dtype, a, b)),
    )
  }
  return product(l, node, of)
}

/** The elements that are reduced to one, for each element of the result. */
function groups(shape: Shape, axes: Shape, elements: readonly Value[]): readonly (readonly Value[])[] {
  const kept = shape.map((length, axis) => (axes.includes(axis) ? 1 : length))
  const cells = offsetsIn(kept, shape, elements.length)
  const items = Array.from({ length: sizeOf(kept) }, (): Value[] => [])
  for (const [i, x] of elements.entries()) items[cells[i]!]!.push(x)
  return items
}

/** Combined in pairs, so that rounding errors and the chain of dependences grow with the logarithm. */
function pairwise(items: readonly Value[], combine: (a: Value, b: Value) => Value): Value {
  if (items.length === 1) return items[0]!
  const half = items.length >>> 1
  return combine(pairwise(items.slice(0, half), combine), pairwise(items.slice(half), combine))
}

function product(
  l: Lanes,
  { inputs, attributes, shape }: Node,
  of: (node: Node) => readonly Value[],
): readonly Value[] {
  const [a, b] = inputs as readonly [Node, Node]
  const { transposeA, transposeB } = attributes as { transposeA: boolean; transposeB: boolean }
  const [rows, columns] = shape.slice(-2) as [number, number]
  const inner = a.shape.at(transposeA ? -2 : -1)!
  const batch = shape.slice(0, -2)
  const [ofA, ofB] = [a, b].map((x) => offsetsIn(x.shape.slice(0, -2), batch, sizeOf(batch))) as [
    Int32Array,
    Int32Array,
  ]
  const [left, right] = [of(a), of(b)]
  const out: Value[] = []
  for (let at = 0; at < ofA.length; at++) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        const terms = Array.from({ length: inner }, (_, k) =>
          l.mul(
            left[ofA[at]! * rows * inner + (transposeA ? k * rows + i : i * inner + k)]!,
            right[ofB[at]! * inner * columns + (transposeB ? j * inner + k : k * columns + j)]!,
          ),
        )
        out.push(terms.length === 0 ? l.constant(0) : pairwise(terms, (x, y) => l.add(x, y)))
      }
    }
  }
  return out
}
