import type { Node, Shape } from '../../graph/node.ts'
import type { Lanes } from '../../wasm/lanes.ts'
import type { Value } from '../../wasm/value.ts'
import { castTo } from '../convert.ts'
import type { Emission } from '../emission.ts'
import { onnxLanes, tensorOf, valueOf } from '../onnxLanes.ts'

/** Arithmetic on tensors in float64, in which linear algebra and sums of densities are computed. */
export interface Wide {
  readonly l: Lanes
  /** A node's tensor in float64. */
  of(node: Node): Value
  /** An operator whose other inputs are whole numbers. */
  op(type: string, x: Value, wholes: readonly number[], attributes?: Readonly<Record<string, number>>): Value
  /** Elements at places of an axis. */
  at(x: Value, axis: number, ...places: readonly number[]): Value
  shaped(x: Value, shape: Shape): Value
  sum(x: Value, axis: number): Value
  turned(x: Value, rank: number): Value
  product(a: Value, b: Value): Value
  /** A condition in another shape. */
  flag(condition: Value, shape: Shape): Value
  concat(xs: readonly Value[], axis: number): Value
  /** A condition on the last two axes, or the last one, that is known. */
  mask(shape: Shape, isTrue: (index: readonly number[]) => boolean): Value
  /** A result in the precision of the program. */
  result(x: Value): string
}

export function wide(e: Emission): Wide {
  const { graph } = e
  const named = (name: string): Value => valueOf(name, 'float64')
  const op: Wide['op'] = (type, x, wholes, attributes = {}) =>
    named(graph.op(type, [tensorOf(x), graph.whole(wholes)], attributes))
  return {
    l: onnxLanes(graph, 'float64'),
    of: (node) => named(e.type(node.dtype) === 'float64' ? e.of(node) : castTo(graph, e.of(node), 'float64')),
    op,
    at: (x, axis, ...places) => op('Gather', x, places, { axis }),
    shaped: (x, shape) => op('Reshape', x, shape, shape.includes(0) ? { allowzero: 1 } : {}),
    sum: (x, axis) => op('ReduceSum', x, [axis], { keepdims: 0 }),
    turned: (x, rank) => {
      const axes = Array.from({ length: rank }, (_, i) => i)
      return named(graph.op('Transpose', [tensorOf(x)], { perm: [...axes.slice(0, -2), rank - 1, rank - 2] }))
    },
    product: (a, b) => named(graph.op('MatMul', [tensorOf(a), tensorOf(b)])),
    flag: (condition, shape) => op('Reshape', condition, shape),
    concat: (xs, axis) => named(graph.op('Concat', xs.map(tensorOf), { axis })),
    mask: (shape, isTrue) => {
      const [rows, columns] = shape.length === 2 ? (shape as [number, number]) : [1, shape[0]!]
      const flat = Array.from(
        { length: rows * columns },
        (_, i) => +isTrue(shape.length === 2 ? [Math.floor(i / columns), i % columns] : [i]),
      )
      return named(graph.constant(flat, 'bool', shape))
    },
    result: (x) => (e.precision === 'float64' ? tensorOf(x) : castTo(graph, tensorOf(x), e.precision)),
  }
}
