import { sizeOf } from '../../ndarray.ts'
import { newValues, type Attributes, type TensorValues, type Values } from '../kernel.ts'
import type { Window } from './window.ts'

/** The shapes of images, of a filter and of what it makes of them. */
export interface Shapes {
  readonly x: readonly number[]
  readonly filter: readonly number[]
  readonly y: readonly number[]
}

type Numbers = TensorValues | Float64Array

/** What is done where a pixel of the filter lies upon one of an image: with where their numbers begin. */
type Tap = (x: number, filter: number, y: number) => void

/** Goes through the pixels of the result, and of the filter at each of them, where these are within the image. */
function eachTap({ x, filter, y }: Shapes, { strides, dilations, pad }: Window, tap: Tap): void {
  const [count, height, width, ins] = x as [number, number, number, number]
  const [rows, columns, , outs] = filter as [number, number, number, number]
  const [, down, across] = y as [number, number, number, number]
  const [[top], [left]] = [pad[1], pad[2]]
  for (let n = 0; n < count; n++) {
    for (let i = 0; i < down; i++) {
      for (let j = 0; j < across; j++) {
        const to = ((n * down + i) * across + j) * outs
        for (let r = 0; r < rows; r++) {
          const row = i * strides[0] + r * dilations[0] - top
          if (row < 0 || row >= height) continue
          for (let c = 0; c < columns; c++) {
            const column = j * strides[1] + c * dilations[1] - left
            if (column < 0 || column >= width) continue
            tap(((n * height + row) * width + column) * ins, (r * columns + c) * ins * outs, to)
          }
        }
      }
    }
  }
}

/** What is added at a tap of two of the three tensors to the third. */
type Added = (ins: number, outs: number, x: Numbers, filter: Numbers, y: Numbers) => Tap

/** One of images, filter and result of the other two, summed in float64. */
export function summed(
  of: keyof Shapes,
  shapes: Shapes,
  given: { readonly [Name in keyof Shapes]?: Values },
  attributes: Attributes,
): Values {
  const out = newValues(shapes[of], 'float32')
  const sums = new Float64Array(sizeOf(shapes[of]))
  const dataOf = (name: keyof Shapes): Numbers => (name === of ? sums : given[name]!.data)
  const [ins, outs] = shapes.filter.slice(2) as [number, number]
  const tap = ADDED[of](ins, outs, dataOf('x'), dataOf('filter'), dataOf('y'))
  eachTap(shapes, attributes as unknown as Window, tap)
  out.data.set(sums)
  return out
}

const ADDED: Readonly<Record<keyof Shapes, Added>> = {
  x: (ins, outs, x, filter, y) => (atX, atFilter, atY) => {
    for (let i = 0; i < ins; i++) {
      let sum = 0
      for (let o = 0; o < outs; o++) sum += filter[atFilter + i * outs + o]! * y[atY + o]!
      x[atX + i]! += sum
    }
  },
  filter: (ins, outs, x, filter, y) => (atX, atFilter, atY) => {
    for (let i = 0; i < ins; i++) {
      for (let o = 0; o < outs; o++) filter[atFilter + i * outs + o]! += x[atX + i]! * y[atY + o]!
    }
  },
  y: (ins, outs, x, filter, y) => (atX, atFilter, atY) => {
    for (let i = 0; i < ins; i++) {
      for (let o = 0; o < outs; o++) y[atY + o]! += x[atX + i]! * filter[atFilter + i * outs + o]!
    }
  },
}
