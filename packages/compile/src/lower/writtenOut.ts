import { offsetsIn } from '@variate/core/internal'
import { fillOf, sourcesOf } from '../graph/movement.ts'
import { elementOf, sizeOf, type Node } from '../graph/node.ts'
import type { Value } from '../wasm/value.ts'
import { combine, isReduction, ofNone } from './combine.ts'
import { choose, convert, literal } from './element.ts'
import { isSmallProduct } from './isSmallProduct.ts'
import { lowerElement } from './lowerElement.ts'
import type { Target } from './target.ts'
import { multiplied, pairwise, reduced } from './terms.ts'

/** The elements of a node that can be written out, from those of its inputs. */
export function writtenOut(
  node: Node,
  of: (node: Node) => readonly Value[],
  { lanes: l, callOf }: Pick<Target, 'lanes' | 'callOf'>,
): readonly Value[] {
  const { op, inputs, shape, dtype, kernel } = node
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
  const [left, right] = inputs.map(of)
  if (isReduction(op)) {
    return reduced(node).map((items) =>
      items.length === 0
        ? ofNone(l, op, dtype)
        : pairwise(
            items.map((i) => left![i]!),
            (a, b) => combine(l, op, dtype, a, b),
          ),
    )
  }
  return multiplied(node).map((terms) =>
    terms.length === 0
      ? l.constant(0)
      : pairwise(
          terms.map(([i, j]) => l.mul(left![i]!, right![j]!)),
          (a, b) => l.add(a, b),
        ),
  )
}

const OPERATIONS = new Set(['constant', 'cast', 'where', 'sum', 'max'])

/** Whether elements of a node can be written out, from those of its inputs. */
export function canBeWrittenOut(node: Node): boolean {
  if (node.op === 'matMul') return isSmallProduct(node)
  return node.kernel?.elementwise !== undefined || OPERATIONS.has(node.op) || sourcesOf(node) !== undefined
}
