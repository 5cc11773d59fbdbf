import { DomainError, NdArray, ShapeError } from '@variate/core'
import { indicesOf } from '@variate/core/internal'
import { plainData } from '@variate/language/internal'

export type PlainData = ReturnType<typeof plainData>

interface Place {
  /** How many examples of the pass came before. */
  readonly first: number
  /** What the least and the greatest value may be. */
  readonly range: readonly [low: number, high: number] | undefined
  readonly who: string
}

/**
 * A part of a stream as numbers, an example a row.
 *
 * @throws DomainError for a value that is missing, NaN or out of range, which names the example; ShapeError for a number.
 */
export function checkedPart(part: unknown, { first, range, who }: Place): PlainData {
  const nan = rowOfNaN(part)
  if (nan >= 0) throw new DomainError(`${who}: example ${first + nan} has NaN`)
  const plain = plainData(part, `${who}: examples from ${first} on`)
  const { data, shape, missing } = plain
  if (shape.length === 0)
    throw new ShapeError(`${who}: expected arrays of examples, got a number after ${first}`)
  const size = data.length / Math.max(1, shape[0]!)
  const [low, high] = range ?? [-Infinity, Infinity]
  const wrong = missing ? missing.indexOf(1) : range ? outside(data, low, high) : -1
  if (wrong < 0) return plain
  const at = indicesOf(wrong % size, shape.slice(1))
  const got = missing ? 'is missing' : `is ${data[wrong]}, expected numbers from ${low} to ${high}`
  throw new DomainError(`${who}: example ${first + Math.floor(wrong / size)}: [${at}] ${got}`)
}

/** The first row in which there is NaN, or −1. */
function rowOfNaN(part: unknown): number {
  if (part instanceof NdArray) {
    const { data, shape } = part
    if (!(data instanceof Float64Array || data instanceof Float32Array)) return -1
    for (let at = 0; at < data.length; at++)
      if (Number.isNaN(data[at]!)) return Math.floor(at / (data.length / shape[0]!))
    return -1
  }
  return Array.isArray(part)
    ? part.findIndex((row) => [row].flat(Infinity).some((x) => typeof x === 'number' && Number.isNaN(x)))
    : -1
}

/** Where there is a number out of a range first, or −1: a loop, for parts are long. */
function outside(data: Float64Array, low: number, high: number): number {
  for (let at = 0; at < data.length; at++) if (!(data[at]! >= low && data[at]! <= high)) return at
  return -1
}
