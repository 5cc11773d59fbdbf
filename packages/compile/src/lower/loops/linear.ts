import { elementOf, sizeOf, type Node, type Shape } from '../../graph/node.ts'

/** A whole number that depends linearly on the indices of nested loops: offset + Σ coefficients·indices. */
export interface Linear {
  readonly coefficients: readonly number[]
  readonly offset: number
}

/** Where loops read a tensor: the index along each of its axes. */
export type Place = readonly Linear[]

/** Loops over the axes of a tensor, at the element that they have come to. */
export function ownPlace(shape: Shape): Place {
  return shape.map((_, axis) => ({ coefficients: shape.map((__, i) => +(i === axis)), offset: 0 }))
}

export function scaled({ coefficients, offset }: Linear, by: number): Linear {
  return { coefficients: coefficients.map((c) => c * by), offset: offset * by }
}

export function sum(terms: readonly Linear[], loops: number): Linear {
  const coefficients = Array.from({ length: loops }, (_, i) =>
    // What was made of a place without axes has none: it is the same in all turns.
    terms.reduce((total, term) => total + (term.coefficients[i] ?? 0), 0),
  )
  return { coefficients, offset: terms.reduce((total, { offset }) => total + offset, 0) }
}

/** The place among the elements of a tensor, row-major. */
export function flat(shape: Shape, place: Place, loops: number): Linear {
  return sum(
    place.map((index, axis) => scaled(index, sizeOf(shape.slice(axis + 1)))),
    loops,
  )
}

/** Where an array of `shape` is read that is broadcast to a tensor read at `place`. */
export function broadcastPlace(shape: Shape, place: Place): Place {
  return place
    .slice(place.length - shape.length)
    .map((index, axis) => (shape[axis] === 1 ? scaled(index, 0) : index))
}

/** The axes of a shape that are longer than 1. */
function longAxes(shape: Shape): readonly number[] {
  return shape.flatMap((length, axis) => (length === 1 ? [] : axis))
}

/** The first of constant indices that are a step apart from each other, all in bounds, and the step. */
function stepsOf(indices: Node, length: number): readonly [start: number, step: number] | undefined {
  const count = indices.shape[0]
  if (indices.op !== 'constant' || indices.shape.length !== 1 || count === 0) return undefined
  const at = (i: number): number => elementOf(indices, i)
  const step = count === 1 ? 1 : at(1) - at(0)
  for (let i = 0; i < count!; i++) {
    if (at(i) !== at(0) + i * step || at(i) < 0 || at(i) >= length) return undefined
  }
  return [at(0), step]
}

/**
 * Where an operation that only moves elements reads its input, for a place of its result; undefined where that is not
 * linear, or if the operation does not only move.
 */
export function placeInInput({ op, inputs, attributes, shape }: Node, place: Place): Place | undefined {
  const [x] = inputs
  switch (op) {
    case 'stopGradient':
    case 'variable':
    case 'customGradient':
      return place
    case 'transpose':
      return x!.shape.map((_, axis) => place[(attributes['perm'] as Shape).indexOf(axis)]!)
    case 'slice':
      return place.map(({ coefficients, offset }, axis) => ({
        coefficients,
        offset: offset + (attributes['begin'] as Shape)[axis]!,
      }))
    case 'tile':
      return x!.shape.every((length, axis) => length === 1 || length === shape[axis])
        ? broadcastPlace(x!.shape, place)
        : undefined
    case 'gather': {
      const steps = stepsOf(inputs[1]!, x!.shape[attributes['axis'] as number]!)
      if (!steps) return undefined
      const [start, step] = steps
      return place.map((index, axis) => {
        if (axis !== attributes['axis']) return index
        const { coefficients, offset } = scaled(index, step)
        return { coefficients, offset: offset + start }
      })
    }
    case 'diagPart':
      return [...place, place.at(-1)!]
    case 'reshape': {
      const [from, to] = [longAxes(x!.shape), longAxes(shape)]
      const isSame = from.length === to.length && from.every((axis, i) => x!.shape[axis] === shape[to[i]!])
      const zero = { coefficients: (place[0]?.coefficients ?? []).map(() => 0), offset: 0 }
      if (!isSame) return undefined
      return x!.shape.map((_, axis) => {
        const at = from.indexOf(axis)
        return at < 0 ? zero : place[to[at]!]!
      })
    }
    default:
      return undefined
  }
}
