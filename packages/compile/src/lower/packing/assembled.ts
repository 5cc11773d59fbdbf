import type { TensorType } from '@variate/core/ops'
import type { Node } from '../../graph/node.ts'
import { float32Bytes, float64Bytes } from '../../wasm/encode.ts'
import { shuffle } from '../../wasm/inDouble.ts'
import { vectorCode } from '../../wasm/instructions.ts'
import type { Lanes } from '../../wasm/lanes.ts'
import { I32, I64, V128, value, type Value } from '../../wasm/value.ts'
import { vectorOf } from '../../wasm/vectorOf.ts'
import { numberIn, splatOf } from '../routines/memory.ts'
import type { Element } from './element.ts'

/** Where elements are: in a lane of a vector, or each a value for itself. */
export interface Sources {
  /** The vector that has an element in it, and in which lane; undefined if there is none. */
  vectorOf(node: Node, at: number): readonly [vector: Value, lane: number] | undefined
  /** A vector of the elements from one on, if they can be had at once. */
  run(node: Node, from: number): Value | undefined
  scalarOf(node: Node, at: number): Value
  /** A vector with one element in every lane, if it can be had at once. */
  splat(node: Node, at: number): Value | undefined
}

type Lane = Element | undefined

/** A vector of elements, one for each lane; lanes for which there is none hold anything. */
export function assembled(l: Lanes, lanes: readonly Lane[], dtype: TensorType, from: Sources): Value {
  const [first] = lanes as readonly [Element]
  if (lanes.every((x) => x === undefined || 'number' in x)) return numbers(l, lanes, dtype)
  if ('node' in first) {
    const { node, at } = first
    const isRun = lanes.every(
      (x, i) => x === undefined || ('node' in x && x.node === node && x.at === at + i),
    )
    const run = isRun ? from.run(node, at) : undefined
    if (run) return run
    const isSame = lanes.every((x) => x === undefined || ('node' in x && x.node === node && x.at === at))
    const splat = isSame ? from.splat(node, at) : undefined
    if (splat) return splat
  }
  return put(l, lanes, dtype, from)
}

/** Vectors shuffled into one, and what is no element of a vector put into its lane. */
function put(l: Lanes, lanes: readonly Lane[], dtype: TensorType, from: Sources): Value {
  const sources = new Map<Value, (number | undefined)[]>()
  const add = (vector: Value, lane: number, of: number): void => {
    const known = sources.get(vector) ?? lanes.map(() => undefined)
    known[lane] = of
    sources.set(vector, known)
  }
  const alone: (readonly [lane: number, x: Value])[] = []
  const known = lanes.map((x) => (x && 'number' in x ? x : undefined))
  const constant = numbers(l, known, dtype)
  for (const [lane, x] of lanes.entries()) {
    if (x === undefined) continue
    if ('number' in x) {
      add(constant, lane, lane)
      continue
    }
    const found = from.vectorOf(x.node, x.at)
    if (found) add(found[0], lane, found[1])
    else alone.push([lane, from.scalarOf(x.node, x.at)])
  }
  const vector = shuffled(l, sources)
  if (vector) return alone.reduce((into, [lane, x]) => replaced(l, into, lane, x, dtype), vector)
  const [[, one]] = alone as unknown as readonly [readonly [number, Value]]
  return alone
    .filter(([, x]) => x !== one)
    .reduce((into, [lane, x]) => replaced(l, into, lane, x, dtype), spread(l, one, dtype))
}

/** @param sources which lane of each vector is wanted in each lane. */
function shuffled(l: Lanes, sources: ReadonlyMap<Value, readonly (number | undefined)[]>): Value | undefined {
  let all: Value | undefined
  let places: readonly (number | undefined)[] = []
  for (const [vector, wanted] of sources) {
    if (!all) {
      ;[all, places] = [vector, wanted]
      continue
    }
    const lanes = wanted.map((lane, i) => (lane === undefined ? (places[i] ?? 0) : lane + l.count))
    all = shuffle(bytesOf(l, lanes), all, vector)
    places = wanted.map((lane, i) => (lane === undefined && places[i] === undefined ? undefined : i))
  }
  if (!all || places.every((lane, i) => lane === undefined || lane === i)) return all
  return shuffle(
    bytesOf(
      l,
      places.map((lane) => lane ?? 0),
    ),
    all,
    all,
  )
}

/** The bytes of lanes. */
function bytesOf({ bytes }: Lanes, lanes: readonly number[]): readonly number[] {
  return lanes.flatMap((lane) => Array.from({ length: bytes }, (_, i) => lane * bytes + i))
}

/** Known numbers; 0 in other lanes. */
function numbers(l: Lanes, lanes: readonly Lane[], dtype: TensorType): Value {
  const known = lanes.map((x) => (x && 'number' in x ? x.number : undefined))
  const [first] = known.filter((x) => x !== undefined)
  if (dtype !== 'bool' && known.every((x) => x === undefined || Object.is(x, first)))
    return l.constant(first ?? 0)
  const bytes = known.flatMap((x = 0) => {
    if (dtype === 'bool') return Array<number>(l.bytes).fill(x ? 0xff : 0)
    return l.isDouble ? float64Bytes(x) : float32Bytes(x)
  })
  return vectorOf(bytes)
}

/** What a lane holds of one element: a condition in all of its bits. */
function inLane(l: Lanes, x: Value, dtype: TensorType): Value {
  if (dtype !== 'bool') return x
  const bits = value(I32, [0x6b], [value(I32, [0x41, 0]), x])
  return l.isDouble ? value(I64, [0xac], [bits]) : bits
}

export function spread(l: Lanes, x: Value, dtype: TensorType): Value {
  if (dtype !== 'bool') return splatOf(l, x)
  return value(V128, vectorCode(l.isDouble ? 0x12 : 0x11), [inLane(l, x, dtype)])
}

function replaced(l: Lanes, into: Value, lane: number, x: Value, dtype: TensorType): Value {
  const [number, bits] = l.isDouble ? [0x22, 0x1e] : [0x20, 0x1c]
  const code = vectorCode(dtype === 'bool' ? bits : number)
  return value(V128, [...code, lane], [into, inLane(l, x, dtype)])
}

/** One element of a vector. */
export function laneOf(l: Lanes, one: Lanes, vector: Value, lane: number, dtype: TensorType): Value {
  if (dtype !== 'bool') return numberIn(l, one, vector, lane)
  const all = value(l.isDouble ? I64 : I32, [...vectorCode(l.isDouble ? 0x1d : 0x1b), lane], [vector])
  return value(I32, [0x71], [l.isDouble ? value(I32, [0xa7], [all]) : all, value(I32, [0x41, 1])])
}

/** One lane of a vector in every lane. */
export function laneInAll(l: Lanes, vector: Value, lane: number): Value {
  return shuffle(bytesOf(l, Array<number>(l.count).fill(lane)), vector, vector)
}
