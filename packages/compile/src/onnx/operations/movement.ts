import { sameShape } from '@variate/core/internal'
import { uniformOf, type Node, type Shape } from '../../graph/node.ts'
import { castTo, convert } from '../convert.ts'
import type { Emission } from '../emission.ts'
import type { Rule } from '../rule.ts'

/** A tensor in another shape. */
export function shaped(e: Emission, x: string, shape: Shape): string {
  const attributes = shape.includes(0) ? { allowzero: 1 } : {}
  return e.graph.op('Reshape', [x, e.graph.whole(shape)], attributes)
}

/** A mask of the last two axes as a constant. */
function mask(e: Emission, [rows, columns]: Shape, isTrue: (i: number, j: number) => boolean): string {
  const values = Array.from(
    { length: rows! * columns! },
    (_, at) => +isTrue(Math.floor(at / columns!), at % columns!),
  )
  return e.graph.constant(values, 'bool', [rows!, columns!])
}

/** `a` where a condition holds, else a number: of bool, too, which `Where` is not for. */
function whereElse(e: Emission, condition: string, a: string, other: number, node: Node): string {
  const { graph } = e
  if (node.dtype !== 'bool')
    return graph.op('Where', [condition, a, graph.constant(other, e.type(node.dtype))])
  return other ? graph.op('Or', [graph.op('Not', [condition]), a]) : graph.op('And', [condition, a])
}

/** Operations that move elements, and make none but what fills. */
export const MOVEMENT: Readonly<Record<string, Rule>> = {
  constant: ({ attributes, shape, dtype }, e) => {
    const values = attributes['values'] as number | ArrayLike<number>
    if (typeof values === 'number') return e.graph.filled(values, e.type(dtype), shape)
    return e.graph.constant(values, e.type(dtype), shape)
  },
  cast: ({ inputs: [x], dtype }, e) => convert(e, e.of(x!), x!.dtype, dtype),
  stopGradient: ({ inputs: [x] }, e) => e.of(x!),
  variable: ({ inputs: [x] }, e) => e.of(x!),
  customGradient: ({ inputs: [x] }, e) => e.of(x!),
  reshape: ({ inputs: [x], shape }, e) => shaped(e, e.of(x!), shape),
  transpose: ({ inputs: [x], attributes }, e) =>
    e.graph.op('Transpose', [e.of(x!)], { perm: attributes['perm'] as Shape }),
  tile: ({ inputs: [x], attributes, shape }, e) => {
    const reps = attributes['reps'] as Shape
    const isSpread = x!.shape.every((length, axis) => length === 1 || reps[axis] === 1)
    if (isSpread) return e.graph.op('Expand', [e.of(x!), e.graph.whole(shape)])
    return e.graph.op('Tile', [e.of(x!), e.graph.whole(reps)])
  },
  slice: ({ inputs: [x], attributes }, e) => {
    const { begin, size } = attributes as { begin: Shape; size: Shape }
    const axes = begin.flatMap((from, axis) => (from === 0 && size[axis] === x!.shape[axis] ? [] : [axis]))
    if (axes.length === 0) return e.of(x!)
    const ends = axes.map((axis) => begin[axis]! + size[axis]!)
    return e.graph.op('Slice', [
      e.of(x!),
      e.graph.whole(axes.map((axis) => begin[axis]!)),
      e.graph.whole(ends),
      e.graph.whole(axes),
    ])
  },
  pad: ({ inputs: [x], attributes, dtype }, e) => {
    const paddings = attributes['paddings'] as readonly Shape[]
    const pads = [0, 1].flatMap((side) => paddings.map((pair) => pair[side]!))
    const filler = e.graph.constant(attributes['constantValue'] as number, e.type(dtype))
    return e.graph.op('Pad', [e.of(x!), e.graph.whole(pads), filler])
  },
  concat: ({ inputs, attributes }, e) =>
    e.graph.op(
      'Concat',
      inputs.map((x) => e.of(x)),
      { axis: attributes['axis'] as number },
    ),
  where: ({ inputs, shape, dtype }, e) => {
    // What is one number everywhere is as fast as a number only if it is one, which the condition stretches.
    const isWhole = sameShape(inputs[0]!.shape, shape)
    const [a, b] = inputs.slice(1).map((x) => {
      const number = isWhole ? uniformOf(x) : undefined
      return number === undefined ? e.of(x) : e.graph.constant(number, e.type(x.dtype))
    }) as [string, string]
    const test = convert(e, e.of(inputs[0]!), inputs[0]!.dtype, 'bool')
    if (dtype !== 'bool') return e.graph.op('Where', [test, a, b])
    const [yes, no] = [a, b].map((x) => castTo(e.graph, x, 'int32')) as [string, string]
    return castTo(e.graph, e.graph.op('Where', [test, yes, no]), 'bool')
  },
  triangle: (node, e) => {
    const { lower, offset } = node.attributes as { lower: boolean; offset: number }
    const isKept = (i: number, j: number): boolean => (lower ? j <= i + offset : j >= i + offset)
    return whereElse(e, mask(e, node.shape.slice(-2), isKept), e.of(node.inputs[0]!), 0, node)
  },
  diag: (node, e) => {
    const rows = e.graph.op('Unsqueeze', [e.of(node.inputs[0]!), e.graph.whole([node.shape.length - 2])])
    return whereElse(
      e,
      mask(e, node.shape.slice(-2), (i, j) => i === j),
      rows,
      0,
      node,
    )
  },
  diagPart: ({ inputs: [a], shape }, e) => {
    const columns = a!.shape.at(-1)!
    const flat = shaped(e, e.of(a!), [...shape.slice(0, -1), a!.shape.at(-2)! * columns])
    const places = Array.from({ length: shape.at(-1)! }, (_, i) => i * (columns + 1))
    return e.graph.op('Gather', [flat, e.graph.whole(places)], { axis: shape.length - 1 })
  },
}
