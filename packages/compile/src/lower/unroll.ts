import { offsetsIn } from '@variate/core/internal'
import { fillOf, sourcesOf } from '../graph/movement.ts'
import { elementOf, sizeOf, type Node, type Shape } from '../graph/node.ts'
import { unsigned } from '../wasm/encode.ts'
import type { Statement } from '../wasm/statement.ts'
import type { Lanes } from '../wasm/lanes.ts'
import { I32, value, type Value } from '../wasm/value.ts'
import { convert, literal } from './element.ts'
import { isSmallProduct } from './isSmallProduct.ts'
import { lowerElement } from './lowerElement.ts'
import { ROUTINES } from './routines.ts'
import type { Target } from './target.ts'

/**
 * The program without loops: each element of each node is a value, views cost nothing. What cannot be written so is
 * computed in memory, by a routine or by a call.
 */
export function unroll(
  nodes: readonly Node[],
  outputs: readonly Node[],
  target: Target,
): readonly Statement[] {
  const { lanes: l } = target
  const elements = new Map<Node, readonly Value[]>()
  const statements: Statement[] = []
  const inMemory = new Set<Node>()
  const of = (node: Node): readonly Value[] => elements.get(node)!

  const load = (node: Node): readonly Value[] => {
    const address = target.address(node)
    return Array.from({ length: sizeOf(node.shape) }, (_, i) => loadElement(l, node, address, i))
  }
  const store = (node: Node): void => {
    if (inMemory.has(node) || node.op === 'input') return
    inMemory.add(node)
    const address = target.address(node)
    for (const [i, x] of of(node).entries()) statements.push(storeElement(l, node, address, i, x))
  }
  const compute = (node: Node): readonly Value[] => {
    if (node.op === 'input') return load(node)
    const lowered = lowerNode(node, of, target)
    if (lowered) return lowered
    for (const input of node.inputs) store(input)
    const code = ROUTINES[node.op]?.(node, target)
    statements.push(...(code ?? [{ code: [0x10, ...unsigned(target.kernelOf(node))], args: [] }]))
    inMemory.add(node)
    return load(node)
  }
  for (const node of nodes) elements.set(node, compute(node))
  for (const output of outputs) store(output)
  return statements
}

const select = (condition: Value, a: Value, b: Value): Value => value(a.type, [0x1b], [a, b, condition])

/** How int32 are combined. */
const WHOLE = {
  sum: (a: Value, b: Value) => value(I32, [0x6a], [a, b]),
  max: (a: Value, b: Value) => select(value(I32, [0x4a], [a, b]), a, b),
}

const ZERO: Value = /* @__PURE__ */ value(I32, [0x41, 0])

function loadElement(l: Lanes, { dtype }: Node, address: number, i: number): Value {
  if (dtype === 'int32') return value(I32, [0x28, 2, ...unsigned(address + 4 * i)], [ZERO])
  const x = l.load(ZERO, address + l.bytes * i)
  return dtype === 'bool' ? convert(l, x, 'float32', 'bool') : x
}

function storeElement(l: Lanes, { dtype }: Node, address: number, i: number, x: Value): Statement {
  if (dtype === 'int32') return { code: [0x36, 2, ...unsigned(address + 4 * i)], args: [ZERO, x] }
  const number = dtype === 'bool' ? convert(l, x, 'bool', 'float32') : x
  const code = l.isDouble ? [0x39, 3] : [0x38, 2]
  return { code: [...code, ...unsigned(address + l.bytes * i)], args: [ZERO, number] }
}

/** The elements of a node, from those of its inputs; undefined if there is no rule for it. */
function lowerNode(
  node: Node,
  of: (node: Node) => readonly Value[],
  { lanes: l, functionOf }: Target,
): readonly Value[] | undefined {
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
        functionOf,
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
    return condition!.map((c, i) => select(c, a![i]!, b![i]!))
  }
  if (op === 'sum' || op === 'max') {
    const axes = attributes[op === 'sum' ? 'axis' : 'reductionIndices'] as Shape
    const combine = (dtype === 'float32' ? l[op === 'sum' ? 'add' : 'max'] : WHOLE[op]) as typeof l.add
    const ofNone = literal(l, op === 'sum' ? 0 : -Infinity, dtype)
    return groups(inputs[0]!.shape, axes, of(inputs[0]!)).map((items) =>
      items.length === 0 ? ofNone : pairwise(items, combine),
    )
  }
  if (isSmallProduct(node)) return product(l, node, of)
  return undefined
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
