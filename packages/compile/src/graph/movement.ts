import { elementOf, sizeOf, type Node, type Shape } from './node.ts'

/** Where an element of a result comes from: its place among the elements of all inputs, or −1 for the fill. */
export type Sources = Int32Array

/** For operations that only move elements: where each element of the result comes from; undefined for others. */
export function sourcesOf(node: Node): Sources | undefined {
  return RULES[node.op]?.(node)
}

/** The number that fills what comes from nowhere. */
export function fillOf({ op, attributes }: Node): number {
  return op === 'pad' ? (attributes['constantValue'] as number) : 0
}

type Rule = (node: Node) => Sources | undefined

/** For each index vector of a shape, row-major. */
function sourcesBy(shape: Shape, source: (index: readonly number[]) => number): Sources {
  const index = shape.map(() => 0)
  return Int32Array.from({ length: sizeOf(shape) }, () => {
    const at = source(index)
    for (let axis = shape.length - 1; axis >= 0 && ++index[axis]! === shape[axis]; axis--) index[axis] = 0
    return at
  })
}

/** Where an index vector stands in an array of a shape. */
function placeOf(shape: Shape, index: readonly number[]): number {
  return shape.reduce((place, length, axis) => place * length + index[axis]!, 0)
}

const asTheyStand: Rule = ({ shape }) => Int32Array.from({ length: sizeOf(shape) }, (_, i) => i)

const RULES: Readonly<Record<string, Rule>> = {
  reshape: asTheyStand,
  stopGradient: asTheyStand,
  variable: asTheyStand,
  // Of the first of its inputs.
  customGradient: asTheyStand,
  transpose: ({ inputs: [x], attributes, shape }) => {
    const perm = attributes['perm'] as Shape
    return sourcesBy(shape, (index) => {
      const from: number[] = []
      for (const [to, axis] of perm.entries()) from[axis] = index[to]!
      return placeOf(x!.shape, from)
    })
  },
  tile: ({ inputs: [x], shape }) =>
    sourcesBy(shape, (index) =>
      placeOf(
        x!.shape,
        index.map((i, axis) => i % x!.shape[axis]!),
      ),
    ),
  slice: ({ inputs: [x], attributes, shape }) => {
    const begin = attributes['begin'] as Shape
    return sourcesBy(shape, (index) =>
      placeOf(
        x!.shape,
        index.map((i, axis) => i + begin[axis]!),
      ),
    )
  },
  gather: ({ inputs: [x, indices], attributes, shape }) => {
    if (indices!.op !== 'constant') return undefined
    const axis = attributes['axis'] as number
    const end = axis + indices!.shape.length
    const at = (place: number): number => elementOf(indices!, place) | 0
    const length = x!.shape[axis]!
    // What is out of bounds is told of where it is computed.
    for (let i = 0; i < sizeOf(indices!.shape); i++) if (at(i) < 0 || at(i) >= length) return undefined
    return sourcesBy(shape, (index) => {
      const picked = at(placeOf(indices!.shape, index.slice(axis, end)))
      return placeOf(x!.shape, index.toSpliced(axis, end - axis, picked))
    })
  },
  pad: ({ inputs: [x], attributes, shape }) => {
    const paddings = attributes['paddings'] as readonly Shape[]
    return sourcesBy(shape, (index) => {
      const from = index.map((i, axis) => i - paddings[axis]![0]!)
      return from.every((i, axis) => i >= 0 && i < x!.shape[axis]!) ? placeOf(x!.shape, from) : -1
    })
  },
  concat: ({ inputs, attributes, shape }) => {
    const axis = attributes['axis'] as number
    const starts = inputs.map((_, k) => inputs.slice(0, k).reduce((sum, x) => sum + x.shape[axis]!, 0))
    const offsets = inputs.map((_, k) => inputs.slice(0, k).reduce((sum, x) => sum + sizeOf(x.shape), 0))
    return sourcesBy(shape, (index) => {
      const k = starts.findLastIndex((start) => start <= index[axis]!)
      return offsets[k]! + placeOf(inputs[k]!.shape, index.with(axis, index[axis]! - starts[k]!))
    })
  },
  diagPart: ({ inputs: [a], shape }) =>
    sourcesBy(shape, (index) => placeOf(a!.shape, [...index, index.at(-1)!])),
  diag: ({ inputs: [v], shape }) =>
    sourcesBy(shape, (index) => (index.at(-1) === index.at(-2) ? placeOf(v!.shape, index.slice(0, -1)) : -1)),
  triangle: ({ attributes, shape }) => {
    const { lower, offset } = attributes as { lower: boolean; offset: number }
    return sourcesBy(shape, (index) => {
      const [i, j] = index.slice(-2) as [number, number]
      return (lower ? j <= i + offset : j >= i + offset) ? placeOf(shape, index) : -1
    })
  },
}
